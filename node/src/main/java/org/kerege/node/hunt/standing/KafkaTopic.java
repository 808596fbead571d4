package org.kerege.node.hunt.standing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.kerege.node.settings.LogSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a topic of an Apache Kafka cluster as a member of a consumer group. Records are asked for when the ones before are
/// hunted, and acknowledged when kept events are on the disk: after a hard end some are hunted again, none is left out.
final class KafkaTopic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopic.class);
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    private static final int MOST_RECORDS = 5_000;

    private final LogSource.Kind.Kafka topic;
    private final SourceState state;
    private final SyslogPort.Streams streams;
    private final Sync sync;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean closed;
    private volatile long lag;

    /// Returns when what was kept is on the disk.
    @FunctionalInterface
    interface Sync {
        void run() throws IOException;
    }

    private KafkaTopic(
            LogSource.Kind.Kafka topic,
            SourceState state,
            SyslogPort.Streams streams,
            Sync sync,
            KafkaConsumer<byte[], byte[]> consumer) {
        this.topic = topic;
        this.state = state;
        this.streams = streams;
        this.sync = sync;
        this.consumer = consumer;
        this.thread =
                Thread.ofPlatform().daemon().name("kafka-" + state.name()).unstarted(this::run);
    }

    static KafkaTopic open(
            LogSource.Kind.Kafka topic, SourceState state, SyslogPort.Streams streams, Sync sync)
            throws IOException {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", topic.servers());
        properties.put("group.id", topic.group());
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put("max.poll.records", MOST_RECORDS);
        properties.put("fetch.max.bytes", 16 << 20);
        try {
            KafkaTopic opened =
                    new KafkaTopic(
                            topic,
                            state,
                            streams,
                            sync,
                            new KafkaConsumer<>(
                                    properties,
                                    new ByteArrayDeserializer(),
                                    new ByteArrayDeserializer()));
            opened.thread.start();
            return opened;
        } catch (KafkaException e) {
            throw new IOException("no such cluster: " + e.getMessage(), e);
        }
    }

    private void run() {
        state.waits(this, () -> lag);
        try (consumer) {
            consumer.subscribe(List.of(topic.topic()));
            while (!closed) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(WAIT);
                if (!records.isEmpty()) {
                    hunt(records);
                    sync.run();
                    consumer.commitSync();
                    state.problem(null);
                }
                measure();
            }
        } catch (WakeupException | InterruptException e) {
            // The node is stopping.
        } catch (KafkaException | IOException e) {
            state.problem(e.getMessage());
            LOG.warn("event=topic_not_read source={} reason={}", state.name(), e.getMessage());
        } finally {
            state.waitsNoMore(this);
        }
    }

    private void hunt(ConsumerRecords<byte[], byte[]> records) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(1 << 20);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            byte[] value = record.value();
            if (value != null) {
                lines.write(value);
                lines.write('\n');
            }
        }
        streams.read(topic.topic(), new ByteArrayInputStream(lines.toByteArray()));
    }

    private void measure() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long behind = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            behind += Math.max(0, end.getValue() - consumer.position(end.getKey()));
        }
        lag = behind;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(LONGEST_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
