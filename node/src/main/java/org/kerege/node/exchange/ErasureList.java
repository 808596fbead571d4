package org.kerege.node.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;

/// What was erased, in a file beside the store, a JSON object a line: `seq` and `leaf` of each entry. A backup from before
/// an erasure still holds what was erased; with this list it is erased again before anybody is served. The list says
/// nothing of what the entries held.
public final class ErasureList {

    private static final String FILE = "erasures.jsonl";

    private final Path file;

    private ErasureList(Path file) {
        this.file = file;
    }

    /// The list in a node's data folder, where there may be none yet.
    public static ErasureList in(Path data) {
        return new ErasureList(data.resolve(FILE));
    }

    /// The list in a file.
    public static ErasureList at(Path file) {
        return new ErasureList(file);
    }

    /// Adds entries, durably.
    public void add(List<Erasure.Erased> erased) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Erasure.Erased one : erased) {
            lines.append(
                            Json.mapper()
                                    .createObjectNode()
                                    .put("seq", one.seq())
                                    .put("leaf", one.leaf()))
                    .append('\n');
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    /// Erases again what is on the list and in this store, told by number and leaf.
    ///
    /// @return how many entries were erased
    public int replay(LedgerTransaction transaction) throws SQLException {
        List<Long> held = new ArrayList<>();
        List<Erasure.Erased> listed = read();
        Array numbers =
                transaction
                        .connection()
                        .createArrayOf(
                                "bigint", listed.stream().map(Erasure.Erased::seq).toArray());
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement(
                                "select e.seq, e.leaf from ledger_entry e join ledger_payload using (seq)"
                                        + " where e.seq = any(?)")) {
            select.setArray(1, numbers);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String leaf = HexFormat.of().formatHex(row.getBytes(2));
                    if (listed.contains(new Erasure.Erased(row.getLong(1), leaf))) {
                        held.add(row.getLong(1));
                    }
                }
            }
        }
        return held.isEmpty()
                ? 0
                : Erasure.erase(transaction, held, "erased before; came back with a backup", "node")
                        .size();
    }

    private List<Erasure.Erased> read() {
        List<Erasure.Erased> listed = new ArrayList<>();
        if (!Files.exists(file)) {
            return listed;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                JsonNode one = Json.mapper().readTree(line);
                listed.add(
                        new Erasure.Erased(
                                one.path("seq").asLong(-1), one.path("leaf").asString("")));
            }
            return listed;
        } catch (IOException | tools.jackson.core.JacksonException e) {
            throw new IllegalArgumentException(
                    file + " is no list of erasures, so nothing was restored", e);
        }
    }
}
