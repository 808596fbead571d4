package org.kerege.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.JsonNode;

/// Reads one marking-definition. Whatever it cannot read becomes a fault, which withholds: a marking is never
/// weakened by not being understood.
final class MarkingReader {

    private static final int MAX_PARTIES = 1_000;

    private MarkingReader() {}

    /// What the marking itself says, its own markings aside.
    static Label read(StixObject marking) {
        StixId id = marking.id();
        Label known = KnownMarkings.label(id);
        Label said = Label.NONE;
        boolean understood = known != null;
        String kind = marking.text("definition_type");
        if (kind != null) {
            Label definition = definition(kind, marking.json().path("definition"));
            if (definition == null) {
                return Label.of(Fault.unknown(id));
            }
            said = said.join(definition);
            understood = true;
        }
        for (Map.Entry<String, JsonNode> extension :
                marking.json().path("extensions").properties()) {
            Label label = extension(extension.getKey(), extension.getValue());
            if (label == null) {
                return Label.of(Fault.unknown(id));
            }
            said = said.join(label);
            understood = true;
        }
        if (!understood) {
            return Label.of(Fault.unknown(id));
        }
        return known == null ? said : known.join(said);
    }

    /// A statement is text for people and limits nothing that a machine could check.
    private static @Nullable Label definition(String kind, JsonNode definition) {
        return switch (kind) {
            case "statement" -> Label.NONE;
            case "tlp" -> tlp(definition.path("tlp"));
            default -> null;
        };
    }

    private static @Nullable Label extension(String id, JsonNode content) {
        return switch (id) {
            case KnownMarkings.TLP_2_EXTENSION -> tlp(content.path("tlp_2_0"));
            case KnownMarkings.PAP_EXTENSION -> pap(content.path("pap"));
            case KnownMarkings.IEP_2_EXTENSION -> iep(content);
            case ReleaseMarking.EXTENSION -> release(content);
            default -> null;
        };
    }

    private static @Nullable Label tlp(JsonNode value) {
        Tlp tlp = value.isString() ? Tlp.read(value.stringValue()) : null;
        return tlp == null ? null : Label.of(tlp);
    }

    private static @Nullable Label pap(JsonNode value) {
        Pap pap = value.isString() ? Pap.read(value.stringValue()) : null;
        return pap == null ? null : Label.of(pap);
    }

    /// IEP 2.0 as OASIS drafted it for STIX. Its dates bound the permission it gives, so outside them nothing
    /// is permitted. Resale concerns trade alone and is kept unread.
    private static @Nullable Label iep(JsonNode content) {
        Label tlp = tlp(content.path("tlp"));
        Label actions = permittedActions(content.path("permitted_actions").asString(""));
        Label transit =
                dutyIf(content, "encrypt_in_transit", "must", "may", Duty.ENCRYPT_IN_TRANSIT);
        Label provider = providerAttribution(content);
        Label affected =
                dutyIf(
                        content,
                        "affected_party_notifications",
                        "must-not",
                        "may",
                        Duty.TELL_NO_AFFECTED_PARTY);
        if (tlp == null
                || actions == null
                || transit == null
                || provider == null
                || affected == null) {
            return null;
        }
        try {
            Window window =
                    new Window(
                            instant(content.get("start_date")), instant(content.get("end_date")));
            return Label.join(
                    List.of(tlp, actions, transit, provider, affected, Label.within(window)));
        } catch (MalformedStix e) {
            return null;
        }
    }

    private static @Nullable Label permittedActions(String value) {
        return switch (value) {
            case "none", "contact-for-instruction" -> Label.permitting(Exposure.NONE);
            case "internally-visible-actions" -> Label.permitting(Exposure.INTERNAL);
            case "externally-visible-indirect-actions" -> Label.permitting(Exposure.INDIRECT);
            case "externally-visible-direct-actions" -> Label.permitting(Exposure.PUBLIC);
            default -> null;
        };
    }

    private static @Nullable Label providerAttribution(JsonNode content) {
        return switch (content.path("provider_attribution").asString("")) {
            case "must-not" -> Label.of(Duty.HIDE_PROVIDER);
            case "must", "may" -> Label.NONE;
            default -> null;
        };
    }

    private static @Nullable Label dutyIf(
            JsonNode content, String property, String strict, String lax, Duty duty) {
        String value = content.path(property).asString("");
        if (value.equals(strict)) {
            return Label.of(duty);
        }
        return value.equals(lax) ? Label.NONE : null;
    }

    private static @Nullable Label release(JsonNode content) {
        for (String name : content.propertyNames()) {
            if (!ReleaseMarking.PROPERTIES.contains(name)) {
                // A later release of ours may limit by a property that this one does not know.
                return null;
            }
        }
        List<Label> labels = new ArrayList<>();
        try {
            JsonNode to = content.get("releasable_to");
            if (to != null) {
                labels.add(Label.releasableTo(texts(to).stream().map(Party::parse).toList()));
            }
            JsonNode purposes = content.get("purposes");
            if (purposes != null) {
                labels.add(
                        Label.forPurposes(
                                texts(purposes).stream()
                                        .map(name -> new Purpose(name.toLowerCase(Locale.ROOT)))
                                        .toList()));
            }
            labels.add(
                    Label.within(
                            new Window(
                                    instant(content.get("embargo_until")),
                                    instant(content.get("expires_at")))));
        } catch (MalformedStix | IllegalArgumentException e) {
            return null;
        }
        JsonNode controlled = content.get("originator_control");
        if (controlled != null) {
            if (!controlled.isBoolean()) {
                return null;
            }
            labels.add(controlled.booleanValue() ? Label.of(Duty.ORIGINATOR_CONTROL) : Label.NONE);
        }
        return Label.join(labels);
    }

    private static List<String> texts(JsonNode array) {
        if (!array.isArray() || array.size() > MAX_PARTIES) {
            throw malformed("a list of at most " + MAX_PARTIES + " texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : array) {
            if (!text.isString()) {
                throw malformed("a list of texts");
            }
            texts.add(text.stringValue());
        }
        return texts;
    }

    private static @Nullable Instant instant(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw malformed("a timestamp");
        }
        return Timestamp.parse(value.stringValue()).instant();
    }

    private static MalformedStix malformed(String expected) {
        return new MalformedStix("/extensions", "a marking's property has its type", expected);
    }
}
