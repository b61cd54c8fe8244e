// segmentio/kafka-go: Writer and Reader, and its ConsumerGroup where assignments must be seen.
package main

import (
	"context"
	"errors"
	"time"

	"github.com/segmentio/kafka-go"
)

type kafkaGo struct{}

var kafkaGoCodecs = map[string]kafka.Compression{
	"none":   0,
	"gzip":   kafka.Gzip,
	"snappy": kafka.Snappy,
	"lz4":    kafka.Lz4,
	"zstd":   kafka.Zstd,
}

func (kafkaGo) produce(ctx context.Context, o options, records []Record) []Outcome {
	outcomes := make([]Outcome, len(records))
	writer := &kafka.Writer{
		Addr:                   kafka.TCP(o.broker),
		Topic:                  o.topic,
		Compression:            kafkaGoCodecs[o.codec],
		RequiredAcks:           kafka.RequireAll,
		BatchBytes:             clientBytesMax,
		BatchTimeout:           10 * time.Millisecond,
		MaxAttempts:            5,
		AllowAutoTopicCreation: true,
		Completion: func(messages []kafka.Message, err error) {
			for _, message := range messages {
				index := message.WriterData.(int)
				outcomes[index] = Outcome{Partition: int32(message.Partition), Offset: message.Offset}
				if err != nil {
					outcomes[index].Error = err.Error()
				}
			}
		},
	}
	defer func() { _ = writer.Close() }()

	messages := make([]kafka.Message, len(records))
	for index, record := range records {
		messages[index] = kafka.Message{
			Key:        record.Key,
			Value:      record.Value,
			Time:       time.UnixMilli(record.Timestamp),
			WriterData: index,
		}
		for _, header := range record.Headers {
			messages[index].Headers = append(messages[index].Headers, kafka.Header{Key: header.Name, Value: header.Value})
		}
	}
	step := len(messages)
	if o.each {
		step = 1
	}
	for from := 0; from < len(messages); from += step {
		if err := writer.WriteMessages(ctx, messages[from:from+step]...); err != nil {
			for index := from; index < from+step; index++ {
				if outcomes[index].Error == "" {
					outcomes[index].Error = err.Error()
				}
			}
		}
	}
	return outcomes
}

func kafkaGoRecord(message kafka.Message) Record {
	record := Record{
		Partition: int32(message.Partition),
		Offset:    message.Offset,
		Timestamp: message.Time.UnixMilli(),
		Key:       message.Key,
		Value:     message.Value,
	}
	for _, header := range message.Headers {
		record.Headers = append(record.Headers, Header{header.Key, header.Value})
	}
	return record
}

func (kafkaGo) consume(ctx context.Context, o options, hear func(Record)) error {
	config := kafka.ReaderConfig{
		Brokers:  []string{o.broker},
		Topic:    o.topic,
		MinBytes: 1,
		MaxBytes: clientBytesMax,
		MaxWait:  500 * time.Millisecond,
	}
	if o.group != "" {
		config.GroupID = o.group
		config.StartOffset = kafka.FirstOffset
		config.SessionTimeout = sessionTimeout
		config.HeartbeatInterval = heartbeatInterval
	}
	reader := kafka.NewReader(config)
	defer func() { _ = reader.Close() }()

	for heard := 0; heard < o.count; heard++ {
		message, err := reader.FetchMessage(ctx)
		if err != nil {
			return err
		}
		hear(kafkaGoRecord(message))
		if o.group != "" {
			if err := reader.CommitMessages(ctx, message); err != nil {
				return err
			}
		}
	}
	return nil
}

func (kafkaGo) member(ctx context.Context, o options, assigned func([]int32), hear func(Record)) error {
	group, err := kafka.NewConsumerGroup(kafka.ConsumerGroupConfig{
		ID:                o.group,
		Brokers:           []string{o.broker},
		Topics:            []string{o.topic},
		StartOffset:       kafka.FirstOffset,
		SessionTimeout:    sessionTimeout,
		HeartbeatInterval: heartbeatInterval,
		JoinGroupBackoff:  200 * time.Millisecond,
	})
	if err != nil {
		return err
	}
	defer func() { _ = group.Close() }()
	for {
		generation, err := group.Next(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			continue
		}
		partitions := []int32{}
		for _, assignment := range generation.Assignments[o.topic] {
			partitions = append(partitions, int32(assignment.ID))
			generation.Start(func(ctx context.Context) {
				readPartition(ctx, o, generation, assignment, hear)
			})
		}
		assigned(partitions)
	}
}

func readPartition(ctx context.Context, o options, generation *kafka.Generation, assignment kafka.PartitionAssignment, hear func(Record)) {
	reader := kafka.NewReader(kafka.ReaderConfig{
		Brokers:   []string{o.broker},
		Topic:     o.topic,
		Partition: assignment.ID,
		MinBytes:  1,
		MaxBytes:  clientBytesMax,
		MaxWait:   200 * time.Millisecond,
	})
	defer func() { _ = reader.Close() }()
	_ = reader.SetOffset(assignment.Offset)
	for {
		message, err := reader.FetchMessage(ctx)
		if errors.Is(err, kafka.ErrGenerationEnded) || ctx.Err() != nil {
			return
		}
		if err != nil {
			continue
		}
		hear(kafkaGoRecord(message))
		offsets := map[string]map[int]int64{o.topic: {assignment.ID: message.Offset + 1}}
		_ = generation.CommitOffsets(offsets)
	}
}
