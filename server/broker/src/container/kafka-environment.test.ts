import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBrokerConfig } from '../config/load-broker-config.ts'
import { containerSettings, keyOfVariable } from './kafka-environment.ts'

test('keyOfVariable() reads names as the image of Apache Kafka does', () => {
  assert.equal(keyOfVariable('KAFKA_NUM_PARTITIONS'), 'num.partitions')
  assert.equal(keyOfVariable('KAFKA_A__B___C_D'), 'a_b-c.d')
  for (const name of ['PATH', 'KAFKA_HEAP_OPTS', 'KAFKA_JMX_PORT', 'KAFKA_LOG4J_ROOT_LOGLEVEL']) {
    assert.equal(keyOfVariable(name), undefined, name)
  }
})

test('containerSettings() listens on every address unless told otherwise', () => {
  const { config } = loadBrokerConfig({ set: containerSettings({}) })

  assert.deepEqual(
    config.listeners.map(({ host, port }) => [host, port]),
    [['', 9092]],
  )
  assert.deepEqual(
    config.advertisedListeners.map(({ host, port }) => [host, port]),
    [['localhost', 9092]],
  )
})

test('containerSettings() serves what testcontainers sets for apache/kafka', () => {
  const { config } = loadBrokerConfig({
    set: containerSettings({
      CLUSTER_ID: '4L6g3nShT-eMCtK--X86sw',
      KAFKA_LISTENERS: 'PLAINTEXT://0.0.0.0:9092,BROKER://0.0.0.0:9093,CONTROLLER://0.0.0.0:9094',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP:
        'BROKER:PLAINTEXT,PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://localhost:32771,BROKER://f4c1:9093',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'BROKER',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9094',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_NODE_ID: '1',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_LOG_FLUSH_INTERVAL_MESSAGES: '9223372036854775807',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    }),
  })

  // There is no quorum to listen for: the metadata store is in the broker.
  assert.deepEqual(
    config.listeners.map(({ name, port }) => [name, port]),
    [
      ['PLAINTEXT', 9092],
      ['BROKER', 9093],
    ],
  )
  assert.deepEqual(
    config.advertisedListeners.map(({ name, host, port }) => [name, host, port]),
    [
      ['PLAINTEXT', 'localhost', 32771],
      ['BROKER', 'f4c1', 9093],
    ],
  )
})
