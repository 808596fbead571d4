package org.kerege.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotesTest {

    private static final Instant NOON = Instant.parse("2025-01-01T12:00:00Z");

    @Test
    void a_head_with_a_cosignature_reads_as_it_was_written() {
        SigningKey log = Samples.logKey("log.example");
        SigningKey witness = Samples.witnessKey("w.example/1");
        Checkpoint head = new Checkpoint("log.example", 3, Samples.tree(3).root(), List.of("more"));
        SignedNote note = head.signedBy(log).with(List.of(witness.cosign(head.text(), NOON)));

        SignedNote read = SignedNote.parse(note.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(read).isEqualTo(note);
        assertThat(Checkpoint.parse(read.text())).isEqualTo(head);
        assertThat(read.isSignedBy(log.verifier())).isTrue();
        assertThat(read.signatures().getLast().cosignedAt(read.text(), witness.verifier()))
                .contains(NOON);
    }

    @Test
    void a_cosignature_covers_its_time() {
        SigningKey witness = Samples.witnessKey("w.example");
        NoteSignature signature = witness.cosign("text\n", NOON);
        byte[] later = signature.signature();
        later[7]++;
        assertThat(
                        new NoteSignature("w.example", signature.keyId(), later)
                                .verifies("text\n", witness.verifier()))
                .isFalse();
    }

    @Test
    void a_failing_line_of_a_known_key_spoils_the_note() {
        SigningKey log = Samples.logKey("log.example");
        NoteSignature wrong = log.signNote("another text\n");
        SignedNote note = new SignedNote("text\n", List.of(log.signNote("text\n"), wrong));
        assertThat(note.isSignedBy(log.verifier())).isFalse();
    }

    @Test
    void keys_read_as_they_were_written_and_a_secret_is_not_shown() {
        SigningKey key = Samples.logKey("log.example/with-path");
        assertThat(SigningKey.parse(key.secretText()).verifier()).isEqualTo(key.verifier());
        assertThat(VerifierKey.parse(key.verifier().toString())).isEqualTo(key.verifier());
        assertThat(key.toString()).doesNotContain(key.secretText().substring(40));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "log\n",
                "log\n1\n",
                "log\n01\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "log\n-1\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "log\n99999999999999999999\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "log\n0\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "log\n1\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383ct=\n",
                "log\n1\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja==\n",
                "\n1\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n",
                "log\n1\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n\n",
                "log\n1\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs="
            })
    void refuses_what_is_no_checkpoint(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(MalformedLog.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\nname c2lnbmF0dXJl\n",
                "text\n\n— name\n",
                "text\n\n— na+me c2lnbmF0dXJl\n",
                "text\n\n— name c2lnbmF0dXJl",
                "text\n\n— name AAAA\n",
                "te\txt\n\n— name c2lnbmF0dXJl\n"
            })
    void refuses_what_is_no_note(String text) {
        assertThatThrownBy(() -> SignedNote.parse(text)).isInstanceOf(MalformedLog.class);
    }

    @Test
    void refuses_bytes_that_are_no_text_and_notes_without_bound() {
        byte[] notUtf8 = "text\n\n— n c2lnbmF0dXJl\n".getBytes(StandardCharsets.ISO_8859_1);
        notUtf8[0] = (byte) 0xff;
        assertThatThrownBy(() -> SignedNote.parse(notUtf8)).isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SignedNote.parse(new byte[SignedNote.MAX_BYTES + 1]))
                .isInstanceOf(MalformedLog.class);
        String many = "text\n\n" + "— n c2lnbmF0dXJl\n".repeat(SignedNote.MAX_SIGNATURES + 1);
        assertThatThrownBy(() -> SignedNote.parse(many)).isInstanceOf(MalformedLog.class);
    }
}
