// twmb/franz-go as shipped: idempotent producer, cooperative-sticky groups.
package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

type franzGo struct{}

var franzGoCodecs = map[string]kgo.CompressionCodec{
	"none":   kgo.NoCompression(),
	"gzip":   kgo.GzipCompression(),
	"snappy": kgo.SnappyCompression(),
	"lz4":    kgo.Lz4Compression(),
	"zstd":   kgo.ZstdCompression(),
}

func (franzGo) produce(ctx context.Context, o options, records []Record) []Outcome {
	outcomes := make([]Outcome, len(records))
	cl, err := kgo.NewClient(
		kgo.SeedBrokers(o.broker),
		kgo.DefaultProduceTopic(o.topic),
		kgo.ProducerBatchCompression(franzGoCodecs[o.codec]),
		kgo.ProducerBatchMaxBytes(clientBytesMax),
		kgo.ProducerLinger(10*time.Millisecond),
		kgo.AllowAutoTopicCreation(),
	)
	if err != nil {
		fail(err)
	}
	defer cl.Close()

	var waiting sync.WaitGroup
	for index, record := range records {
		message := &kgo.Record{Key: record.Key, Value: record.Value, Timestamp: time.UnixMilli(record.Timestamp)}
		for _, header := range record.Headers {
			message.Headers = append(message.Headers, kgo.RecordHeader{Key: header.Name, Value: header.Value})
		}
		waiting.Add(1)
		cl.Produce(ctx, message, func(done *kgo.Record, err error) {
			outcomes[index] = Outcome{Partition: done.Partition, Offset: done.Offset}
			if err != nil {
				outcomes[index].Error = err.Error()
			}
			waiting.Done()
		})
		if o.each {
			waiting.Wait()
		}
	}
	waiting.Wait()
	return outcomes
}

func franzGoRecord(message *kgo.Record) Record {
	record := Record{
		Partition: message.Partition,
		Offset:    message.Offset,
		Timestamp: message.Timestamp.UnixMilli(),
		Key:       message.Key,
		Value:     message.Value,
	}
	for _, header := range message.Headers {
		record.Headers = append(record.Headers, Header{header.Key, header.Value})
	}
	return record
}

func groupOptions(o options) []kgo.Opt {
	return []kgo.Opt{
		kgo.SeedBrokers(o.broker),
		kgo.FetchMaxWait(500 * time.Millisecond),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.ConsumerGroup(o.group),
		kgo.ConsumeTopics(o.topic),
		kgo.DisableAutoCommit(),
		kgo.SessionTimeout(sessionTimeout),
		kgo.HeartbeatInterval(heartbeatInterval),
	}
}

func (franzGo) consume(ctx context.Context, o options, hear func(Record)) error {
	opts := groupOptions(o)
	if o.group == "" {
		start := map[string]map[int32]kgo.Offset{o.topic: {0: kgo.NewOffset().AtStart()}}
		opts = []kgo.Opt{kgo.SeedBrokers(o.broker), kgo.ConsumePartitions(start)}
	}
	cl, err := kgo.NewClient(opts...)
	if err != nil {
		return err
	}
	defer cl.Close()

	for heard := 0; heard < o.count; {
		fetches := cl.PollRecords(ctx, o.count-heard)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errs := fetches.Errors(); len(errs) > 0 {
			return errs[0].Err
		}
		records := fetches.Records()
		for _, record := range records {
			hear(franzGoRecord(record))
			heard++
		}
		if o.group != "" {
			if err := cl.CommitRecords(ctx, records...); err != nil {
				return err
			}
		}
	}
	return nil
}

func (franzGo) member(ctx context.Context, o options, assigned func([]int32), hear func(Record)) error {
	var lock sync.Mutex
	mine := []int32{}
	change := func(apply func(partition int32)) func(context.Context, *kgo.Client, map[string][]int32) {
		return func(_ context.Context, _ *kgo.Client, partitions map[string][]int32) {
			lock.Lock()
			defer lock.Unlock()
			for _, partition := range partitions[o.topic] {
				apply(partition)
			}
			assigned(mine)
		}
	}
	give := func(partition int32) { mine = append(mine, partition) }
	take := func(partition int32) {
		mine = slices.DeleteFunc(mine, func(other int32) bool { return other == partition })
	}
	cl, err := kgo.NewClient(append(groupOptions(o),
		kgo.OnPartitionsAssigned(change(give)),
		kgo.OnPartitionsRevoked(change(take)),
		kgo.OnPartitionsLost(change(take)),
	)...)
	if err != nil {
		return err
	}
	defer cl.Close()

	for {
		fetches := cl.PollFetches(ctx)
		if ctx.Err() != nil {
			return nil
		}
		records := fetches.Records()
		for _, record := range records {
			hear(franzGoRecord(record))
		}
		// A refusal means that the group moved on; what was not committed is read again.
		_ = cl.CommitRecords(ctx, records...)
	}
}
