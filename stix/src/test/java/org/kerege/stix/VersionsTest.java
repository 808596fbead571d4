package org.kerege.stix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.kerege.stix.Versions.Relation;

class VersionsTest {

    private static final StixObject HELD = version("2020-01-02T00:00:00.000Z", "");

    @Test
    void a_later_modification_is_newer_and_an_earlier_one_older() {
        assertThat(Versions.of(version("2020-01-02T00:00:00.001Z", ""), HELD))
                .isEqualTo(Relation.NEWER);
        assertThat(Versions.of(version("2020-01-01T23:59:59.999Z", ""), HELD))
                .isEqualTo(Relation.OLDER);
    }

    @Test
    void the_same_content_written_otherwise_is_the_same_version() {
        StixObject reordered =
                read(
                        "{'name':'x','modified':'2020-01-02T00:00:00.000Z','created':'2020-01-01T00:00:00.000Z',"
                                + "'id':'tool--6ba7b810-9dad-41d1-80b4-00c04fd430c8','type':'tool'}");

        assertThat(Versions.of(reordered, HELD)).isEqualTo(Relation.SAME);
    }

    @Test
    void the_same_time_with_other_content_is_a_conflict() {
        assertThat(Versions.of(version("2020-01-02T00:00:00.000Z", ",'revoked':true"), HELD))
                .isEqualTo(Relation.CONFLICT);
    }

    @Test
    void nothing_comes_after_a_revocation() {
        StixObject revoked = version("2020-01-02T00:00:00.000Z", ",'revoked':true");

        assertThat(Versions.of(version("2020-01-03T00:00:00.000Z", ",'revoked':false"), revoked))
                .isEqualTo(Relation.AFTER_REVOCATION);
        assertThat(Versions.of(version("2020-01-01T12:00:00.000Z", ""), revoked))
                .isEqualTo(Relation.OLDER);
    }

    @Test
    void only_the_creator_makes_versions() {
        StixObject other =
                version(
                        "2020-01-03T00:00:00.000Z",
                        ",'created_by_ref':'identity--6ba7b810-9dad-41d1-80b4-00c04fd430c8'");

        assertThat(Versions.of(other, HELD)).isEqualTo(Relation.OTHER_CREATOR);
    }

    @Test
    void the_time_of_creation_never_changes() {
        StixObject other =
                read(
                        "{'type':'tool','id':'tool--6ba7b810-9dad-41d1-80b4-00c04fd430c8','name':'x',"
                                + "'created':'2020-01-01T00:00:00.001Z','modified':'2020-01-03T00:00:00.000Z'}");

        assertThat(Versions.of(other, HELD)).isEqualTo(Relation.OTHER_CREATION);
    }

    @Test
    void another_content_of_an_observable_is_a_conflict() {
        String head =
                "{'type':'mutex','id':'mutex--eba44954-d4e4-5d3b-814c-2b17dd8de300','name':'x'";

        assertThat(Versions.of(read(head + ",'defanged':true}"), read(head + "}")))
                .isEqualTo(Relation.CONFLICT);
    }

    @Test
    void two_objects_are_no_versions_of_each_other() {
        StixObject other =
                read("{'type':'mutex','id':'mutex--eba44954-d4e4-5d3b-814c-2b17dd8de300'}");

        assertThatThrownBy(() -> Versions.of(other, HELD))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static StixObject version(String modified, String more) {
        return read(
                "{'type':'tool','id':'tool--6ba7b810-9dad-41d1-80b4-00c04fd430c8','name':'x',"
                        + "'created':'2020-01-01T00:00:00.000Z','modified':'"
                        + modified
                        + "'"
                        + more
                        + "}");
    }

    private static StixObject read(String json) {
        return StixObject.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
