package org.kerege.stix.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kerege.stix.ScoIds;
import org.kerege.stix.SharedContent;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.validation.Finding;
import org.kerege.stix.validation.PatternCheck;
import org.kerege.stix.validation.Policy;
import org.kerege.stix.validation.Validator;

/// Published bundles of STIX 2.0, and the same in both versions as other software converted them.
class UpgradeOfPublishedContentTest {

    private static final Validator VALIDATOR = new Validator(Policy.STANDARD, PatternCheck.NONE);

    /// The other software also moves its own `x_elevator_` properties into extensions, drops labels `unknown`, and
    /// computes identifiers from the keys of the container rather than from references, which STIX 2.1 §2.9 does not.
    @Test
    void what_other_software_made_of_the_same_content_agrees() throws IOException {
        List<String> differences = new ArrayList<>();
        Path newer = SharedContent.folder("idioms/2.1");
        for (Path file : SharedContent.files(SharedContent.folder("idioms/2.0"))) {
            Map<StixId, StixObject> actual = new HashMap<>();
            upgraded(file).forEach(one -> actual.put(one.id(), one));
            for (StixObject other :
                    SharedContent.objects(newer.resolve(file.getFileName().toString()))) {
                StixObject one = actual.get(other.id());
                if (one != null) {
                    differences.addAll(differences(one, other));
                } else if (isSelfContained(other)) {
                    differences.add(file.getFileName() + " lacks " + other.id());
                }
            }
        }

        assertThat(differences).isEmpty();
    }

    @Test
    void every_indicator_bundle_of_the_older_version_is_valid_once_upgraded() throws IOException {
        List<String> errors = new ArrayList<>();
        int read = 0;
        for (Path file : SharedContent.files(SharedContent.folder("indicators/talos"))) {
            for (StixObject object : upgraded(file)) {
                read++;
                // Two of the published URLs have no scheme or hold a quotation mark.
                for (Finding finding : VALIDATOR.validate(object.json()).errors()) {
                    if (object.type().equals("url")) {
                        continue;
                    }
                    errors.add(
                            "%s %s %s %s"
                                    .formatted(
                                            file.getFileName(),
                                            object.id(),
                                            finding.pointer(),
                                            finding.message()));
                }
            }
        }

        assertThat(errors).isEmpty();
        assertThat(read).isGreaterThan(9_000);
    }

    private static boolean isSelfContained(StixObject object) {
        return StixObject.OBSERVABLE_TYPES.contains(object.type())
                && ScoIds.contributing(object.json()) != null
                && object.json().propertyNames().stream()
                        .noneMatch(name -> name.contains("_ref") || name.equals("extensions"));
    }

    private static List<String> differences(StixObject one, StixObject other) {
        List<String> differences = new ArrayList<>();
        Set<String> names = new HashSet<>(one.json().propertyNames());
        names.addAll(other.json().propertyNames());
        names.removeIf(name ->
                name.startsWith("x_")
                        || name.contains("_ref")
                        || List.of("extensions", "confidence", "spec_version").contains(name));
        for (String name : names) {
            String ours = shown(one, name);
            String theirs = shown(other, name);
            if (!ours.equals(theirs) && !ours.equals("[\"unknown\"]")) {
                differences.add("%s %s: %s / %s".formatted(one.id(), name, ours, theirs));
            }
        }
        return differences;
    }

    /// Patterns without the freedom that their language leaves, and with the renames that the other software leaves
    /// undone; it also drops a negation before MATCHES.
    private static String shown(StixObject object, String name) {
        String text = object.json().path(name).toString();
        return name.equals("pattern")
                ? PatternUpgrade.upgrade(text).replaceAll("NOT (?=\\S)|!|\\s", "")
                : text;
    }

    private static List<StixObject> upgraded(Path file) throws IOException {
        List<StixObject> upgraded = new ArrayList<>();
        for (StixObject object : SharedContent.objects(file)) {
            upgraded.addAll(Upgrade.of(object).objects());
        }
        return upgraded;
    }
}
