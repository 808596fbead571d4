package org.kerege.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {

    private static final String DOOR =
            """
            # Doors of a house.
            when  kind  door*
            time  at
            who    user-account  user_id  badge.id|badge
            place  ipv4-addr     value    panel
            """;

    @Test
    void of_ones_own_is_tried_before_the_others() {
        Seen seen =
                Seen.of(
                        "{\"kind\":\"Door-open\",\"at\":1,\"badge\":{\"id\":\"b7\"},\"_path\":\"conn\",\"ts\":1}"
                                .getBytes(StandardCharsets.UTF_8),
                        Mappings.with(List.of(Mapping.parse("doors", DOOR))));

        assertThat(seen.events).extracting(Event::kind).containsExactly("doors");
        assertThat(seen.paths()).containsExactly("user-account:user_id = b7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    when  kind  x                                                      | says 'when' it counts
                    time  at                                                           | says 'when' it counts
                    when  kind                                                         | line 1
                    when  kind  x;time  at;what                                        | line 3
                    when  kind  x;time  at;a  file  name                               | line 3
                    when  kind  x;time  at;a  file  name  n  loud                      | there is no transform 'loud'
                    when  kind  x;time  at;a  file  name  n;a  url  value  v           | 'a' is a file above
                    when  kind  x;time  at;a  file  parent_directory_ref  @b           | no object is called 'b'
                    when  kind  x;time  at;a  process  parent_ref  @a                  | refers to itself
                    when  kind  x;time  at;a  process  parent_ref  @b;b  process  parent_ref  @a | refers to itself
                    when  kind  x;time  at;a  file  nonsense  n                        | 'file' has no property 'nonsense'
                    when  kind  x;time  at;a  fyle  name  n                            | there is no object type 'fyle'
                    when  kind  x;time  at;a  file  name.  n                           | line 3
                    """)
    void is_refused_with_the_line_and_the_rule(String text, String said) {
        assertThatExceptionOfType(MalformedMapping.class)
                .isThrownBy(() -> Mapping.parse("own.map", text.replace(';', '\n')))
                .withMessageContaining("own.map, line ")
                .withMessageContaining(said);
    }

    @Test
    void takes_custom_types_and_extensions_as_they_are() {
        Mapping mapping =
                Mapping.parse(
                        "own",
                        """
                        when  kind  x
                        time  at
                        a  x-door  height              h  integer
                        b  file    extensions.x-a.y.z  z
                        b  file    x_note              n
                        """);

        Seen seen =
                Seen.of(
                        "{\"kind\":\"x\",\"at\":1,\"h\":\"7\",\"z\":\"1\",\"n\":\"2\"}"
                                .getBytes(StandardCharsets.UTF_8),
                        new Mappings(List.of(mapping)));

        assertThat(seen.paths())
                .containsExactly(
                        "x-door:height = 7", "file:extensions.'x-a'.y.z = 1", "file:x_note = 2");
    }

    @Test
    void of_too_many_lines_is_refused() {
        assertThatExceptionOfType(MalformedMapping.class)
                .isThrownBy(() -> Mapping.parse("own", DOOR + "\n".repeat(600) + "a b c d"))
                .withMessageContaining("at most 500 lines");
    }
}
