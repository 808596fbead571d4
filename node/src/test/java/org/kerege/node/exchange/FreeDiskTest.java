package org.kerege.node.exchange;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeDiskTest {

    @TempDir private Path folder;

    @Test
    void lets_in_while_enough_is_free() {
        assertThatCode(() -> new FreeDisk(folder, 1).require()).doesNotThrowAnyException();
    }

    @Test
    void refuses_below_what_is_to_stay_free_and_says_which_setting_says_so() {
        assertThatThrownBy(() -> new FreeDisk(folder, Long.MAX_VALUE).require())
                .isInstanceOf(DiskFull.class)
                .hasMessageContaining("disk.minimum-free-megabytes");
    }
}
