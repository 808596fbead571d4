package org.kerege.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the log does in a second. Prints its figures; the bounds are those that are promised.
@Tag("long")
class FiguresTest {

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    @Test
    void appends_entries_each_with_its_signed_head() {
        int entries = 200_000;
        TransparencyLog log = new TransparencyLog(Samples.logKey("log.example"));
        double taken =
                seconds(() -> {
                    for (int i = 0; i < entries; i++) {
                        log.append(Samples.entry(i));
                        log.sign();
                    }
                });
        System.out.printf("entries/s, a signed head each: %.0f%n", entries / taken);
        assertThat(entries / taken).isGreaterThan(10_000);
    }

    @Test
    void proves_an_entry_among_a_million_and_has_a_head_cosigned_by_five() {
        SigningKey key = Samples.logKey("log.example");
        TransparencyLog log = new TransparencyLog(key);
        for (int i = 0; i < 1_000_000; i++) {
            log.append(Samples.entry(i));
        }
        SignedNote head = log.sign();
        int proofs = 20_000;
        double proving =
                seconds(() -> {
                    for (int i = 0; i < proofs; i++) {
                        log.prove(i * 37L % 1_000_000, head);
                    }
                });
        System.out.printf("ms a proof among a million: %.4f%n", 1_000 * proving / proofs);
        assertThat(proving / proofs).isLessThan(0.001);

        List<Witness> witnesses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            witnesses.add(
                    new Witness(
                            Samples.witnessKey("w" + i + ".example"),
                            Map.of("log.example", key.verifier()),
                            Witness.forgetful(),
                            Clock.systemUTC()));
        }
        log.sign(witnesses);
        int rounds = 100;
        double cosigning =
                seconds(() -> {
                    for (int i = 0; i < rounds; i++) {
                        log.append(Samples.entry(-i));
                        log.sign(witnesses);
                    }
                });
        System.out.printf("ms a head with 5 cosignatures: %.2f%n", 1_000 * cosigning / rounds);
        assertThat(cosigning / rounds).isLessThan(1);
    }
}
