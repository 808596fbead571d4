package org.kerege.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverStoryTest {

    @Test
    void the_chair_passes_on_three_nodes_and_the_former_chair_is_refused_by_each(
            @TempDir Path stores) throws Exception {
        StringWriter told = new StringWriter();
        boolean asExpected = new HandoverStory(new PrintWriter(told, true)).tell(stores);
        assertThat(asExpected).as(told.toString()).isTrue();
        assertThat(told.toString())
                .contains("Belarus    A session too late: refused: the chair at")
                .contains("is Kyrgyzstan, not Kazakhstan");
    }
}
