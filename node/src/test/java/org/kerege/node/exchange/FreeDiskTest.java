package org.kerege.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeDiskTest {

    @TempDir private Path folder;

    @Test
    void lets_in_while_enough_is_free() {
        assertThatCode(() -> new FreeDisk(folder, 1, null, () -> 0, System::nanoTime).require())
                .doesNotThrowAnyException();
    }

    @Test
    void refuses_below_what_is_to_stay_free_and_says_which_setting_says_so() {
        assertThatThrownBy(() ->
                        new FreeDisk(folder, Long.MAX_VALUE, null, () -> 0, System::nanoTime)
                                .require())
                .isInstanceOf(DiskFull.class)
                .hasMessageContaining("disk.minimum-free-megabytes");
    }

    @Test
    void is_refused_above_the_quota_and_given_again_once_the_database_has_shrunk() {
        AtomicLong size = new AtomicLong(101);
        AtomicLong time = new AtomicLong();
        FreeDisk disk = new FreeDisk(folder, 1, 100L, size::get, time::get);

        assertThatThrownBy(disk::require)
                .isInstanceOf(DiskFull.class)
                .hasMessageContaining("disk.quota-megabytes");

        size.set(99);
        time.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThatCode(disk::require).doesNotThrowAnyException();
    }

    @Test
    void does_not_ask_for_the_size_of_the_database_with_each_submission() {
        AtomicLong asked = new AtomicLong();
        FreeDisk disk = new FreeDisk(folder, 1, 100L, asked::incrementAndGet, () -> 7);

        disk.require();
        disk.require();

        assertThat(asked).hasValue(1);
    }
}
