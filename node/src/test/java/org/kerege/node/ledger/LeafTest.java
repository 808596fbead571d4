package org.kerege.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The values are those of `docs/decisions/0040-leaf-bytes.md`, computed apart from this program.
class LeafTest {

    private static final Instant RECORDED = Instant.parse("2025-01-01T00:00:00.123456Z");

    @Test
    void keeps_the_bytes_that_were_frozen() {
        assertThat(HexFormat.of().formatHex(leaf("{\"a\":1}", "{\"type\":\"indicator\"}")))
                .isEqualTo(
                        "6b65726567652f31000000000100062a99ba0e4240"
                                + "3d60643f11c6e9a74b5cc0022a5078a308e283d0e70daeecdcfc6117e9208d02");
    }

    @Test
    void hashes_a_leaf_as_the_tree_does() {
        assertThat(
                        HexFormat.of()
                                .formatHex(
                                        Leaf.hash(leaf("{\"a\":1}", "{\"type\":\"indicator\"}"))))
                .isEqualTo("590989933504cd868667fdaa049d758815faf632681dc0b0da1aeba225055da8");
    }

    @Test
    void tells_apart_payloads_that_differ_only_in_where_meta_ends() {
        assertThat(leaf("ab", "c")).isNotEqualTo(leaf("a", "bc"));
    }

    private static byte[] leaf(String meta, String body) {
        byte[] salt = new byte[Leaf.SALT_BYTES];
        for (int i = 0; i < salt.length; i++) {
            salt[i] = (byte) i;
        }
        return Leaf.bytes(
                EntryKind.OBJECT,
                RECORDED,
                salt,
                meta.getBytes(StandardCharsets.UTF_8),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
