import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Apache's own clients, for the other side of what ours does:
 *
 *   produce SERVERS TOPIC COMPRESSION    records from stdin; says partition and offset of each
 *   consume SERVERS TOPIC COUNT          from the beginning; says each record
 *   join    SERVERS TOPIC GROUP PROTOCOL a member until it is killed; says what it owns and reads
 *
 * A record is a line of tab-separated fields: timestamp, key, value, then name and value of each header,
 * the bytes in base64 and null as "-". Answers begin with "= ", so that log lines between them do no harm.
 */
public class Interop {
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "produce" -> produce(args[1], args[2], args[3]);
      case "consume" -> consume(args[1], args[2], Integer.parseInt(args[3]));
      case "join" -> join(args[1], args[2], args[3], args[4]);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  static synchronized void say(String line) {
    System.out.print("= " + line + "\n");
    System.out.flush();
  }

  static byte[] bytes(String text) {
    return text.equals("-") ? null : Base64.getDecoder().decode(text);
  }

  static String text(byte[] bytes) {
    return bytes == null ? "-" : Base64.getEncoder().encodeToString(bytes);
  }

  static Properties properties(String servers) {
    var properties = new Properties();
    properties.put("bootstrap.servers", servers);
    return properties;
  }

  static void produce(String servers, String topic, String compression) throws Exception {
    var properties = properties(servers);
    properties.put("compression.type", compression);
    properties.put("linger.ms", "20");
    var sent = new ArrayList<Future<RecordMetadata>>();
    var serializer = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(properties, serializer, serializer)) {
      var input = new BufferedReader(new InputStreamReader(System.in));
      for (String line; (line = input.readLine()) != null; ) {
        var fields = line.split("\t", -1);
        var record = new ProducerRecord<>(
            topic, null, Long.parseLong(fields[0]), bytes(fields[1]), bytes(fields[2]));
        for (int i = 3; i + 1 < fields.length; i += 2) {
          record.headers().add(new String(Base64.getDecoder().decode(fields[i]), "UTF-8"), bytes(fields[i + 1]));
        }
        sent.add(producer.send(record));
      }
      for (var future : sent) say(future.get().partition() + "\t" + future.get().offset());
    }
  }

  static KafkaConsumer<byte[], byte[]> consumer(Properties properties) {
    return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static void consume(String servers, String topic, int count) throws Exception {
    try (var consumer = consumer(properties(servers))) {
      List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
          .map(info -> new TopicPartition(topic, info.partition()))
          .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      for (int seen = 0; seen < count; ) {
        for (var record : consumer.poll(Duration.ofMillis(500))) {
          say(record.partition() + "\t" + record.offset() + "\t" + line(record));
          seen++;
        }
      }
    }
  }

  static String line(ConsumerRecord<byte[], byte[]> record) throws Exception {
    var line = new StringBuilder();
    line.append(record.timestamp()).append('\t').append(text(record.key())).append('\t').append(text(record.value()));
    for (Header header : record.headers()) {
      line.append('\t').append(text(header.key().getBytes("UTF-8"))).append('\t').append(text(header.value()));
    }
    return line.toString();
  }

  static void join(String servers, String topic, String group, String protocol) {
    var properties = properties(servers);
    properties.put("group.id", group);
    properties.put("group.protocol", protocol);
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    if (protocol.equals("classic")) {
      properties.put("session.timeout.ms", "6000");
      properties.put("heartbeat.interval.ms", "500");
    }
    var consumer = consumer(properties);
    consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        say("assigned\t" + numbers(partitions));
      }

      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        say("revoked\t" + numbers(partitions));
      }

      @Override
      public void onPartitionsLost(Collection<TopicPartition> partitions) {
        say("revoked\t" + numbers(partitions));
      }
    });
    for (;;) {
      var records = consumer.poll(Duration.ofMillis(100));
      for (var record : records) say("record\t" + record.partition() + "\t" + record.offset());
      try {
        if (!records.isEmpty()) consumer.commitSync();
      } catch (org.apache.kafka.clients.consumer.CommitFailedException
          | org.apache.kafka.common.errors.RetriableException failure) {
        // Read again by the next owner.
      }
    }
  }

  static String numbers(Collection<TopicPartition> partitions) {
    return partitions.stream().map(one -> String.valueOf(one.partition())).collect(Collectors.joining(","));
  }
}
