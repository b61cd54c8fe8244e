import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes the records of sample-records.ts through Apache's own client: one topic for each codec, and
 * one topic of transactions of which every second is aborted.
 *
 * Arguments: bootstrap server, base timestamp, records for each codec, transactions, records for each
 * transaction.
 */
public final class SampleRecords {
  private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");

  public static void main(String[] args) throws Exception {
    String server = args[0];
    long baseTimestamp = Long.parseLong(args[1]);
    int records = Integer.parseInt(args[2]);
    int transactions = Integer.parseInt(args[3]);
    int recordsEach = Integer.parseInt(args[4]);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", server))) {
      for (String codec : CODECS) create(admin, "codec-" + codec);
      create(admin, "transactions");
    }
    for (String codec : CODECS) {
      try (KafkaProducer<String, String> producer = producer(server, codec, null)) {
        for (int i = 0; i < records; i++) producer.send(record("codec-" + codec, i, baseTimestamp));
      }
    }
    try (KafkaProducer<String, String> producer = producer(server, "lz4", "samples")) {
      producer.initTransactions();
      for (int transaction = 0; transaction < transactions; transaction++) {
        producer.beginTransaction();
        for (int i = 0; i < recordsEach; i++)
          producer.send(record("transactions", transaction * recordsEach + i, baseTimestamp));
        // An abort would throw away what is not sent yet.
        producer.flush();
        if (transaction % 2 == 0) producer.commitTransaction();
        else producer.abortTransaction();
      }
    }
  }

  private static void create(Admin admin, String topic) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
  }

  private static KafkaProducer<String, String> producer(String server, String codec, String id) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", server);
    properties.put("compression.type", codec);
    properties.put("linger.ms", "5");
    if (id != null) properties.put("transactional.id", id);
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  private static ProducerRecord<String, String> record(String topic, int index, long baseTimestamp) {
    String key = index % 7 == 0 ? null : "key-" + index;
    String value =
        index % 11 == 0 ? null : "value-" + index + "-" + "x".repeat((index * 31) % 400);
    ProducerRecord<String, String> record =
        new ProducerRecord<>(topic, 0, baseTimestamp + index, key, value);
    if (index % 5 == 0)
      record.headers().add("h", index % 10 == 0 ? null : ("header-" + index).getBytes());
    return record;
  }
}
