/** Kafka's name for the file of the leader epochs in each log directory. */
export const LEADER_EPOCH_CHECKPOINT_FILE = 'leader-epoch-checkpoint'
