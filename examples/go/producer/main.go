// Sends one message a second to the topic "test" until it is interrupted.
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

	writer := kafka.NewWriter(kafka.WriterConfig{
		Brokers:      []string{cmp.Or(os.Getenv("BROKER"), "localhost:9092")},
		Topic:        "test",
		BatchTimeout: 10 * time.Millisecond,
	})
	// NewWriter leaves it off, and a broker makes no topic that nobody asked for.
	writer.AllowAutoTopicCreation = true
	defer writer.Close()

	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		text := fmt.Sprintf("Hello, Kafka! %d", time.Now().UnixNano())
		err := writer.WriteMessages(ctx, kafka.Message{Value: []byte(text)})
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			log.Printf("cannot send: %v", err)
		default:
			fmt.Println("sent:", text)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}
