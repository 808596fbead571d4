package org.kerege.stix.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kerege.stix.SharedContent;
import org.kerege.stix.StixObject;
import org.kerege.stix.validation.Finding;
import org.kerege.stix.validation.PatternCheck;
import org.kerege.stix.validation.Policy;
import org.kerege.stix.validation.Validator;

/// Published bundles of STIX 2.0, and the same in both versions as other software converted them.
class UpgradeOfPublishedContentTest {

    private static final Validator VALIDATOR = new Validator(Policy.STANDARD, PatternCheck.NONE);

    @Test
    void what_other_software_made_of_the_same_content_agrees() throws IOException {
        List<String> differences = new ArrayList<>();
        Path newer = SharedContent.folder("idioms/2.1");
        for (Path file : SharedContent.files(SharedContent.folder("idioms/2.0"))) {
            List<StixObject> expected =
                    SharedContent.objects(newer.resolve(file.getFileName().toString()));
            List<StixObject> actual = upgraded(file);
            for (StixObject one : actual) {
                expected.stream()
                        .filter(other -> other.id().equals(one.id()))
                        .findFirst()
                        .ifPresent(other ->
                                differences.addAll(
                                        differences(file.getFileName() + " ", one, other)));
            }
            Set<Object> ids = new HashSet<>();
            actual.forEach(one -> ids.add(one.id()));
            for (StixObject other : expected) {
                if (!ids.contains(other.id())) {
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
                for (Finding finding : VALIDATOR.validate(object.json()).errors()) {
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

    private static List<String> differences(String place, StixObject one, StixObject other) {
        List<String> differences = new ArrayList<>();
        Set<String> names = new HashSet<>(one.json().propertyNames());
        names.addAll(other.json().propertyNames());
        for (String name : names) {
            if (!one.json().path(name).equals(other.json().path(name))) {
                differences.add(
                        "%s%s %s: %s / %s"
                                .formatted(
                                        place,
                                        one.id(),
                                        name,
                                        one.json().path(name),
                                        other.json().path(name)));
            }
        }
        return differences;
    }

    private static List<StixObject> upgraded(Path file) throws IOException {
        List<StixObject> upgraded = new ArrayList<>();
        for (StixObject object : SharedContent.objects(file)) {
            upgraded.addAll(Upgrade.of(object).objects());
        }
        return upgraded;
    }
}
