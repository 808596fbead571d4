package org.kerege.node.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.EntryKind;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.LedgerTransaction;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.stix.Json;

/// Who was given what: one durable entry for each recipient and page before the first byte leaves; the same page
/// again adds nothing.
public final class Deliveries {

    private static final int REMEMBERED = 65_536;

    private final Ledger ledger;
    private final Gate gate;
    private final Set<Key> known =
            Collections.synchronizedSet(
                    Collections.newSetFromMap(
                            new LinkedHashMap<>() {
                                @Override
                                protected boolean removeEldestEntry(
                                        Map.Entry<Key, Boolean> eldest) {
                                    return size() > REMEMBERED;
                                }
                            }));

    private record Key(String recipient, ByteBuffer page) {}

    public Deliveries(Ledger ledger, Gate gate) {
        this.ledger = ledger;
        this.gate = gate;
    }

    /// Records that a page is about to be given. When this returns, the record is durable.
    ///
    /// @param page SHA-256 of the page's bytes
    /// @param rule why the recipient may have it, in a word or two
    /// @param objects numbers in the ledger of the versions on the page, ascending or not
    /// @return whether the page may go: not where something on it was taken back since it was read
    public boolean record(String recipient, byte[] page, String rule, List<Long> objects) {
        Key key = new Key(recipient, ByteBuffer.wrap(page));
        if (known.contains(key)) {
            return true;
        }
        boolean may =
                ledger.record(transaction -> write(transaction, recipient, page, rule, objects));
        if (may) {
            known.add(key);
        }
        return may;
    }

    /// The same for what cannot be made again at once.
    ///
    /// @throws StoreUnavailable when something on it was taken back: asked for again it comes without
    public void require(String recipient, byte[] page, String rule, List<Long> objects) {
        if (!record(recipient, page, rule, objects)) {
            throw new StoreUnavailable("something was taken back while the answer was made");
        }
    }

    private boolean write(
            LedgerTransaction transaction,
            String recipient,
            byte[] page,
            String rule,
            List<Long> objects)
            throws SQLException {
        if (isTakenBack(transaction, objects)) {
            return false;
        }
        try (PreparedStatement insert =
                transaction
                        .connection()
                        .prepareStatement(
                                "insert into delivery (recipient, page, rule, seq, delivered)"
                                        + " values (?, ?, ?, ?, ?) on conflict do nothing")) {
            insert.setString(1, recipient);
            insert.setBytes(2, page);
            insert.setString(3, rule);
            insert.setLong(4, transaction.nextSeq());
            insert.setObject(5, transaction.now().atOffset(java.time.ZoneOffset.UTC));
            if (insert.executeUpdate() == 0) {
                return true;
            }
        }
        byte[] meta =
                Json.mapper()
                        .createObjectNode()
                        .put("recipient", recipient)
                        .put("rule", rule)
                        .put("page", page)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        transaction.append(EntryKind.DELIVERY, meta, numbers(objects));
        return true;
    }

    /// Taking back and giving are one after the other in the ledger, so that never both come to be. What waits for a
    /// second person in one collection and is released in another has not been taken back.
    private boolean isTakenBack(LedgerTransaction transaction, List<Long> objects)
            throws SQLException {
        int[] heldBack = gate.heldBack();
        if (heldBack.length == 0) {
            return false;
        }
        try (PreparedStatement select =
                transaction
                        .connection()
                        .prepareStatement(
                                """
                                select 1 from object_version v where v.seq = any(?) and v.audience = any(?)
                                  and not exists (select 1 from addition a
                                      where a.seq = v.seq and a.audience <> all(?)) limit 1\
                                """)) {
            select.setArray(
                    1,
                    transaction.connection().createArrayOf("bigint", objects.toArray(Long[]::new)));
            select.setObject(2, heldBack);
            select.setObject(3, heldBack);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /// Numbers as differences: a page of neighbours takes little more than a byte each.
    static byte[] numbers(List<Long> numbers) {
        Numbers.Writer out = new Numbers.Writer();
        long before = 0;
        for (long number : numbers) {
            out.write(number - before);
            before = number;
        }
        return out.bytes();
    }

    /// Reads what [#numbers(List)] wrote.
    static List<Long> numbers(byte[] written) {
        Numbers.Reader in = new Numbers.Reader(written);
        List<Long> numbers = new ArrayList<>();
        long before = 0;
        while (in.more()) {
            before += in.next();
            numbers.add(before);
        }
        return numbers;
    }
}
