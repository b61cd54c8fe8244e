// The contract that every client program of the matrix keeps; README.md beside this folder states it.
// Here are the command line, the JSON of records, and the end by signal. The clients are in files of
// their own and share nothing else, so that each is written as its users write it.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// Record is one line of JSON; encoding/json writes []byte as base64 and nil as null.
type Record struct {
	Partition int32    `json:"partition"`
	Offset    int64    `json:"offset"`
	Timestamp int64    `json:"timestamp"`
	Key       []byte   `json:"key"`
	Value     []byte   `json:"value"`
	Headers   []Header `json:"headers"`
}

// Header is written as a pair: [name, value].
type Header struct {
	Name  string
	Value []byte
}

func (h Header) MarshalJSON() ([]byte, error) {
	return json.Marshal([2]any{h.Name, h.Value})
}

func (h *Header) UnmarshalJSON(text []byte) error {
	pair := [2]any{&h.Name, &h.Value}
	return json.Unmarshal(text, &pair)
}

// Outcome is what became of one produced record.
type Outcome struct {
	Partition int32  `json:"partition"`
	Offset    int64  `json:"offset"`
	Error     string `json:"error,omitempty"`
}

type options struct {
	broker  string
	topic   string
	group   string
	codec   string
	count   int
	each    bool
	timeout time.Duration
}

const (
	sessionTimeout    = 6 * time.Second
	heartbeatInterval = 500 * time.Millisecond
	// Above everything that the matrix sends: the broker's limit is asked for, not the client's.
	clientBytesMax = 16 << 20
)

type client interface {
	produce(ctx context.Context, o options, records []Record) []Outcome
	consume(ctx context.Context, o options, hear func(Record)) error
	member(ctx context.Context, o options, assigned func([]int32), hear func(Record)) error
}

func parseOptions(args []string) options {
	var o options
	flags := flag.NewFlagSet("client", flag.ExitOnError)
	flags.StringVar(&o.broker, "broker", "localhost:9092", "host:port")
	flags.StringVar(&o.topic, "topic", "test", "topic")
	flags.StringVar(&o.group, "group", "", "group; none reads partition 0 without one")
	flags.StringVar(&o.codec, "codec", "none", "none, gzip, snappy, lz4 or zstd")
	flags.IntVar(&o.count, "count", 1, "records to consume")
	flags.BoolVar(&o.each, "each", false, "wait for each record before the next is sent")
	timeoutMs := flags.Int("timeout-ms", 30000, "give up after this long")
	_ = flags.Parse(args)
	o.timeout = time.Duration(*timeoutMs) * time.Millisecond
	return o
}

var stdout struct {
	sync.Mutex
	*bufio.Writer
}

func say(line any) {
	text, err := json.Marshal(line)
	if err != nil {
		fail(err)
	}
	stdout.Lock()
	defer stdout.Unlock()
	_, _ = stdout.Write(append(text, '\n'))
	_ = stdout.Flush()
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func readRecords() []Record {
	var records []Record
	decoder := json.NewDecoder(bufio.NewReader(os.Stdin))
	for decoder.More() {
		var record Record
		if err := decoder.Decode(&record); err != nil {
			fail(fmt.Errorf("cannot read record %d from stdin: %w", len(records), err))
		}
		records = append(records, record)
	}
	return records
}

func main() {
	stdout.Writer = bufio.NewWriter(os.Stdout)
	clients := map[string]client{"kafka-go": kafkaGo{}, "franz-go": franzGo{}, "sarama": saramaClient{}}
	if len(os.Args) < 3 || clients[os.Args[1]] == nil {
		fail(fmt.Errorf("usage: clients kafka-go|franz-go|sarama produce|consume|member [options]"))
	}
	chosen, o := clients[os.Args[1]], parseOptions(os.Args[3:])

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	switch os.Args[2] {
	case "produce":
		ctx, cancel := context.WithTimeout(ctx, o.timeout)
		defer cancel()
		for _, outcome := range chosen.produce(ctx, o, readRecords()) {
			say(outcome)
		}
	case "consume":
		ctx, cancel := context.WithTimeout(ctx, o.timeout)
		defer cancel()
		if err := chosen.consume(ctx, o, func(r Record) { say(r) }); err != nil {
			fail(err)
		}
	case "member":
		assigned := func(partitions []int32) {
			say(map[string]any{"assigned": append([]int32{}, partitions...)})
		}
		if err := chosen.member(ctx, o, assigned, func(r Record) { say(r) }); err != nil {
			fail(err)
		}
	default:
		fail(fmt.Errorf("unknown command %q", os.Args[2]))
	}
}
