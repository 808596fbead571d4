package org.kerege.node.peers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.exchange.Verdicts;
import org.kerege.node.exchange.Version;
import org.kerege.node.gate.Gate;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import org.kerege.stix.marking.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What somebody here decides to recall. Only the creator versions an object (STIX 2.1 §3.6): where this node is it, a
/// revocation and a stricter marking are new versions, which readers of TAXII alone get as well; a relay takes back what
/// it gave and makes no version.
public final class RecallOrder {

    /// How long recipients have to answer where nothing else is said.
    static final Duration TO_ANSWER = Duration.ofDays(7);

    private final JdbcClient database;
    private final Catalogue catalogue;
    private final Intake intake;
    private final Recalls recalls;
    private final Gate gate;
    private final Clock clock;

    RecallOrder(
            JdbcClient database,
            Catalogue catalogue,
            Intake intake,
            Recalls recalls,
            Gate gate,
            Clock clock) {
        this.database = database;
        this.catalogue = catalogue;
        this.intake = intake;
        this.recalls = recalls;
        this.gate = gate;
        this.clock = clock;
    }

    /// Withdraws an object from everybody to whom this node gave it.
    ///
    /// @param by who decided it
    public void withdraw(StixId object, String why, String by) {
        give(object, Recall.Cause.WITHDRAWN, why, null, TO_ANSWER, by);
    }

    private record HeldVersion(String version, String source, StixObject object) {}

    /// Recalls an object.
    ///
    /// @param marking the stricter level, where that is the cause; null otherwise
    /// @throws RecallRefused when it is not here, or not this node's to version
    Recall give(
            StixId object,
            Recall.Cause cause,
            String why,
            @Nullable Tlp marking,
            Duration toAnswer,
            String by) {
        List<HeldVersion> held = held(object);
        if (held.isEmpty()) {
            throw new RecallRefused("not-held", object + " is not held here");
        }
        HeldVersion newest = held.getLast();
        Timestamp upTo =
                switch (cause) {
                    case WITHDRAWN, EXPIRED -> newest.object().version();
                    case REVOKED, TIGHTENED -> makeVersion(newest, cause, marking, by);
                    case CORRECTED -> beforeLast(held);
                };
        Instant answerBy = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(toAnswer);
        return recalls.give(object, cause, why, upTo, answerBy, by);
    }

    private List<HeldVersion> held(StixId object) {
        return database.sql(
                        """
                        select v.version, v.source, p.body from object_version v join ledger_payload p using (seq)
                        where v.object_id = ? order by v.version, v.seq\
                        """)
                .param(object.toString())
                .query((row, _) ->
                        new HeldVersion(
                                row.getString(1),
                                row.getString(2),
                                StixObject.read(row.getBytes(3))))
                .list();
    }

    private static Timestamp beforeLast(List<HeldVersion> held) {
        TreeSet<String> versions = new TreeSet<>();
        held.forEach(one -> versions.add(one.version()));
        String last = versions.pollLast();
        if (versions.isEmpty()) {
            throw new RecallRefused(
                    "no-later-version",
                    "a correction is published first, as a later version than " + last);
        }
        return Timestamp.parse(Version.timestamp(versions.last()));
    }

    /// @return the last version before the one that was made
    private Timestamp makeVersion(
            HeldVersion newest, Recall.Cause cause, @Nullable Tlp marking, String by) {
        StixObject object = newest.object();
        Timestamp before = object.modified();
        StixId creator = object.createdBy();
        StixId own = gate.organisations().identity(gate.own());
        if (!gate.isOwn(newest.source()) || (creator != null && !gate.isOf(creator, own))) {
            throw new RecallRefused(
                    "not-creator",
                    "only its creator makes a new version of an object (STIX 2.1 §3.6); what was passed on can be withdrawn");
        }
        if (before == null) {
            throw new RecallRefused(
                    "no-versions",
                    object.type()
                            + " has no versions and cannot be revoked or marked anew; it can be withdrawn");
        }
        if (object.revoked()) {
            throw new RecallRefused("revoked", "it was revoked already");
        }
        ObjectNode next = object.json().deepCopy();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant modified = now.isAfter(before.instant()) ? now : before.instant().plusMillis(1);
        next.put("modified", Timestamp.format(modified));
        if (cause == Recall.Cause.REVOKED) {
            next.put("revoked", true);
        } else {
            mark(next, marking);
        }
        admit(StixObject.of(next), by);
        return before;
    }

    private static void mark(ObjectNode next, @Nullable Tlp marking) {
        if (marking == null) {
            throw new IllegalArgumentException("a tighter marking is named, such as TLP:AMBER");
        }
        ArrayNode refs = Json.mapper().createArrayNode();
        for (JsonNode ref : next.path("object_marking_refs")) {
            Tlp held = Tlp.of(StixId.parse(ref.asString("")));
            if (held == null) {
                refs.add(ref);
            } else if (held.level().compareTo(marking.level()) >= 0) {
                throw new RecallRefused(
                        "not-tighter",
                        "it is marked "
                                + held.level().label()
                                + ", which is not laxer than "
                                + marking.level().label());
            }
        }
        refs.add(marking.id().toString());
        next.set("object_marking_refs", refs);
    }

    private void admit(StixObject version, String by) {
        List<Integer> numbers =
                database.sql("select distinct collection from addition where object_id = ?")
                        .param(version.id().toString())
                        .query(Integer.class)
                        .list();
        List<Collection> collections = new ArrayList<>();
        numbers.forEach(number -> catalogue.collection(number).ifPresent(collections::add));
        for (Collection collection : collections) {
            Verdicts verdicts =
                    intake.admit(
                            collection,
                            new Source(gate.own(), "recall", by),
                            List.of(new BundleReader.Item.Read(0, version)));
            if (!verdicts.refused().isEmpty()) {
                throw new RecallRefused("invalid", verdicts.refused().getFirst().message());
            }
        }
    }
}
