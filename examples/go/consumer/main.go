// Prints the messages of the topic "test" as a member of the group "test-group" until it is interrupted.
package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/segmentio/kafka-go"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	reader := kafka.NewReader(kafka.ReaderConfig{
		Brokers: []string{cmp.Or(os.Getenv("BROKER"), "localhost:9092")},
		GroupID: "test-group",
		Topic:   "test",
		// An end has to wait for the fetch that is under way.
		MaxWait: time.Second,
	})
	defer reader.Close()

	for {
		// Commits the offset of what it returns.
		message, err := reader.ReadMessage(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			log.Printf("cannot read: %v", err)
			continue
		}
		fmt.Printf("received: %s (partition %d, offset %d)\n", message.Value, message.Partition, message.Offset)
	}
}
