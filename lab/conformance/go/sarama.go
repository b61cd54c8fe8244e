// IBM/sarama: SyncProducer, ConsumerGroup and, without a group, a partition consumer.
package main

import (
	"context"
	"errors"
	"time"

	"github.com/IBM/sarama"
)

type saramaClient struct{}

var saramaCodecs = map[string]sarama.CompressionCodec{
	"none":   sarama.CompressionNone,
	"gzip":   sarama.CompressionGZIP,
	"snappy": sarama.CompressionSnappy,
	"lz4":    sarama.CompressionLZ4,
	"zstd":   sarama.CompressionZSTD,
}

func saramaConfig(o options) *sarama.Config {
	config := sarama.NewConfig()
	config.Version = sarama.MaxVersion
	config.ClientID = "sarama"
	config.Producer.Compression = saramaCodecs[o.codec]
	config.Producer.RequiredAcks = sarama.WaitForAll
	config.Producer.MaxMessageBytes = clientBytesMax
	config.Producer.Return.Successes = true
	config.Producer.Flush.Frequency = 10 * time.Millisecond
	config.Consumer.MaxWaitTime = 500 * time.Millisecond
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	config.Consumer.Group.Session.Timeout = sessionTimeout
	config.Consumer.Group.Heartbeat.Interval = heartbeatInterval
	config.Consumer.Offsets.AutoCommit.Interval = 200 * time.Millisecond
	return config
}

func (saramaClient) produce(_ context.Context, o options, records []Record) []Outcome {
	producer, err := sarama.NewSyncProducer([]string{o.broker}, saramaConfig(o))
	if err != nil {
		fail(err)
	}
	defer func() { _ = producer.Close() }()

	messages := make([]*sarama.ProducerMessage, len(records))
	for index, record := range records {
		messages[index] = &sarama.ProducerMessage{Topic: o.topic, Timestamp: time.UnixMilli(record.Timestamp)}
		if record.Key != nil {
			messages[index].Key = sarama.ByteEncoder(record.Key)
		}
		if record.Value != nil {
			messages[index].Value = sarama.ByteEncoder(record.Value)
		}
		for _, header := range record.Headers {
			messages[index].Headers = append(messages[index].Headers, sarama.RecordHeader{Key: []byte(header.Name), Value: header.Value})
		}
	}
	step := len(messages)
	if o.each {
		step = 1
	}
	failures := map[*sarama.ProducerMessage]error{}
	for from := 0; from < len(messages); from += step {
		err := producer.SendMessages(messages[from : from+step])
		var refused sarama.ProducerErrors
		if errors.As(err, &refused) {
			for _, one := range refused {
				failures[one.Msg] = one.Err
			}
		}
	}
	outcomes := make([]Outcome, len(messages))
	for index, message := range messages {
		outcomes[index] = Outcome{Partition: message.Partition, Offset: message.Offset}
		if err := failures[message]; err != nil {
			outcomes[index].Error = err.Error()
		}
	}
	return outcomes
}

func saramaRecord(message *sarama.ConsumerMessage) Record {
	record := Record{
		Partition: message.Partition,
		Offset:    message.Offset,
		Timestamp: message.Timestamp.UnixMilli(),
		Key:       message.Key,
		Value:     message.Value,
	}
	for _, header := range message.Headers {
		record.Headers = append(record.Headers, Header{string(header.Key), header.Value})
	}
	return record
}

func (saramaClient) consume(ctx context.Context, o options, hear func(Record)) error {
	if o.group == "" {
		return consumePartition(ctx, o, hear)
	}
	group, err := sarama.NewConsumerGroup([]string{o.broker}, o.group, saramaConfig(o))
	if err != nil {
		return err
	}
	defer func() { _ = group.Close() }()

	inner, enough := context.WithCancel(ctx)
	heard := make(chan Record)
	handler := &saramaHandler{assigned: func([]int32) {}, hear: func(record Record) bool {
		select {
		case heard <- record:
			return true
		case <-inner.Done():
			return false
		}
	}}
	over := make(chan error, 1)
	go func() {
		for inner.Err() == nil {
			if err := group.Consume(inner, []string{o.topic}, handler); err != nil {
				over <- err
				return
			}
		}
		over <- nil
	}()
	for count := 0; count < o.count; count++ {
		select {
		case record := <-heard:
			hear(record)
		case err := <-over:
			enough()
			return err
		case <-ctx.Done():
			enough()
			return ctx.Err()
		}
	}
	// The end of the session commits what was marked.
	enough()
	return <-over
}

func consumePartition(ctx context.Context, o options, hear func(Record)) error {
	consumer, err := sarama.NewConsumer([]string{o.broker}, saramaConfig(o))
	if err != nil {
		return err
	}
	defer func() { _ = consumer.Close() }()
	partition, err := consumer.ConsumePartition(o.topic, 0, sarama.OffsetOldest)
	if err != nil {
		return err
	}
	defer func() { _ = partition.Close() }()
	for heard := 0; heard < o.count; heard++ {
		select {
		case message := <-partition.Messages():
			hear(saramaRecord(message))
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (saramaClient) member(ctx context.Context, o options, assigned func([]int32), hear func(Record)) error {
	group, err := sarama.NewConsumerGroup([]string{o.broker}, o.group, saramaConfig(o))
	if err != nil {
		return err
	}
	defer func() { _ = group.Close() }()
	handler := &saramaHandler{assigned: assigned, hear: func(record Record) bool {
		hear(record)
		return true
	}}
	for ctx.Err() == nil {
		if err := group.Consume(ctx, []string{o.topic}, handler); err != nil && ctx.Err() == nil {
			time.Sleep(200 * time.Millisecond)
		}
	}
	return nil
}

type saramaHandler struct {
	assigned func([]int32)
	hear     func(Record) bool
}

func (h *saramaHandler) Setup(session sarama.ConsumerGroupSession) error {
	for _, partitions := range session.Claims() {
		h.assigned(partitions)
		return nil
	}
	h.assigned(nil)
	return nil
}

func (h *saramaHandler) Cleanup(sarama.ConsumerGroupSession) error { return nil }

func (h *saramaHandler) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for {
		select {
		case message, open := <-claim.Messages():
			if !open || !h.hear(saramaRecord(message)) {
				return nil
			}
			session.MarkMessage(message, "")
		case <-session.Context().Done():
			return nil
		}
	}
}
