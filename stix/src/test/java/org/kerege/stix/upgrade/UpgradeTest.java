package org.kerege.stix.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixObject;
import org.kerege.stix.marking.Tlp;

class UpgradeTest {

    @Test
    void an_object_of_the_current_version_stays_as_it_is() {
        StixObject current = object("tool", "'spec_version':'2.1','name':'x'}");

        assertThat(Upgrade.of(current).object()).isSameAs(current);
        assertThat(Upgrade.of(current).changes()).isEmpty();
    }

    @Test
    void labels_that_are_terms_become_the_vocabulary_of_the_type_and_tags_stay_labels() {
        Upgrade upgrade =
                Upgrade.of(object("tool", "'name':'x','labels':['remote-access','tlp:white']}"));

        assertThat(upgrade.object().json().path("tool_types").toString())
                .isEqualTo("[\"remote-access\"]");
        assertThat(upgrade.object().json().path("labels").toString()).isEqualTo("[\"tlp:white\"]");
        assertThat(upgrade.lossless()).isTrue();
    }

    @Test
    void granular_markings_follow_the_labels_they_protect() {
        Upgrade upgrade =
                Upgrade.of(
                        object(
                                "tool",
                                "'name':'x','labels':['a:b','remote-access'],'granular_markings':"
                                        + "[{'marking_ref':'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',"
                                        + "'selectors':['labels','labels.[1]','labels.[0]','name']}]}"));

        assertThat(upgrade.object().json().at("/granular_markings/0/selectors").toString())
                .isEqualTo(
                        "[\"tool_types\",\"labels\",\"tool_types.[0]\",\"labels.[0]\",\"name\"]");
    }

    @Test
    void malware_of_which_nobody_said_whether_it_is_a_family_is_taken_for_an_instance() {
        Upgrade upgrade = Upgrade.of(object("malware", "'name':'x','labels':['worm']}"));

        assertThat(upgrade.object().json().path("is_family").asBoolean(true)).isFalse();
        assertThat(upgrade.changes())
                .extracting(Change::kind)
                .contains(Change.Kind.ASSUMED, Change.Kind.RENAMED);
    }

    @Test
    void a_traffic_light_marking_becomes_the_one_that_the_standard_fixes() {
        StixObject white =
                read(
                        "{'type':'marking-definition','id':'"
                                + Tlp.WHITE_1.id()
                                + "','created':'2017-01-20T00:00:00.000Z','definition_type':'tlp',"
                                + "'definition':{'tlp':'white'}}");

        assertThat(Upgrade.of(white).object().text("name")).isEqualTo("TLP:WHITE");
    }

    @Test
    void patterns_take_the_names_and_times_of_the_new_version_and_keep_all_text() {
        assertThat(
                        PatternUpgrade.upgrade(
                                "[process:binary_ref.name = 'START \\' x' AND file:hashes.ssdeep = 'a:b'"
                                        + " AND process:arguments[*] = 'process:name'] START"
                                        + " '2020-01-01T00:00:00Z' STOP '2020-01-02T00:00:00Z'"))
                .isEqualTo(
                        "[process:image_ref.name = 'START \\' x' AND file:hashes.SSDEEP = 'a:b'"
                                + " AND process:x_arguments[*] = 'process:name'] START"
                                + " t'2020-01-01T00:00:00Z' STOP t'2020-01-02T00:00:00Z'");
        assertThat(PatternUpgrade.upgrade("['")).isEqualTo("['");
    }

    @Test
    void patterns_of_a_megabyte_are_rewritten_without_running_out_of_stack() {
        String pattern = "[file:name = '" + "\\'".repeat(500_000) + "'] START 'x";

        assertThat(PatternUpgrade.upgrade(pattern)).isEqualTo(pattern);
    }

    @Test
    void embedded_objects_become_observables_that_refer_to_each_other_by_identifier() {
        Upgrade upgrade =
                Upgrade.of(
                        observed(
                                "'0':{'type':'file','name':'a.exe','created':'2020-01-01T00:00:00Z',"
                                        + "'parent_directory_ref':'1'},'1':{'type':'directory','path':'/usr/local'}"));

        StixObject file = upgrade.observables().getFirst();
        StixObject directory = upgrade.observables().get(1);
        assertThat(directory.id()).hasToString("directory--5254394b-9d52-51d5-8a7b-613a7b0f89c0");
        assertThat(file.text("parent_directory_ref")).isEqualTo(directory.id().toString());
        assertThat(file.text("ctime")).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(upgrade.object().json().path("object_refs").size()).isEqualTo(2);
        assertThat(upgrade.object().json().has("objects")).isFalse();
    }

    @Test
    void
            the_same_observation_gives_the_same_observables_again_also_without_contributing_properties() {
        StixObject observed = observed("'0':{'type':'process','pid':1},'1':{'type':'process'}");

        Upgrade upgrade = Upgrade.of(observed);

        assertThat(upgrade.observables()).extracting(o -> o.id().uuid().version()).containsOnly(4);
        assertThat(upgrade.observables().getFirst().id())
                .isNotEqualTo(upgrade.observables().get(1).id());
        assertThat(Upgrade.of(observed).object().bytes()).isEqualTo(upgrade.object().bytes());
    }

    @Test
    void observables_inherit_the_markings_of_their_observation() {
        Upgrade upgrade =
                Upgrade.of(
                        object(
                                "observed-data",
                                "'objects':{'0':{'type':'file','name':'a','created':'2020-01-01T00:00:00Z'}},"
                                        + "'object_marking_refs':['"
                                        + Tlp.GREEN_1.id()
                                        + "'],'granular_markings':[{'marking_ref':'"
                                        + Tlp.RED_1.id()
                                        + "','selectors':['objects.0.created','number_observed']},"
                                        + "{'marking_ref':'"
                                        + Tlp.AMBER_1.id()
                                        + "','selectors':['objects.0']}]}"));

        StixObject file = upgrade.observables().getFirst();
        assertThat(file.markings()).containsExactly(Tlp.GREEN_1.id(), Tlp.AMBER_1.id());
        assertThat(file.json().at("/granular_markings/0/selectors/0").asString(""))
                .isEqualTo("ctime");
        assertThat(upgrade.object().json().path("granular_markings").toString())
                .contains("number_observed")
                .doesNotContain("objects.");
    }

    @Test
    void a_reference_to_nothing_is_reported_as_lost() {
        Upgrade upgrade =
                Upgrade.of(
                        observed(
                                "'0':{'type':'file','name':'a','content_ref':'7','contains_refs':['0','8']}"));

        assertThat(upgrade.lossless()).isFalse();
        assertThat(upgrade.changes())
                .filteredOn(change -> change.kind() == Change.Kind.LOST)
                .extracting(Change::pointer)
                .containsExactly("/objects/0/content_ref", "/objects/0/contains_refs");
    }

    @Test
    void an_object_that_refers_to_itself_still_gets_an_identifier() {
        Upgrade upgrade =
                Upgrade.of(
                        observed(
                                "'1':{'type':'network-traffic','dst_port':80,'dst_ref':'1','protocols':['tcp']}"));

        StixObject traffic = upgrade.observables().getFirst();
        assertThat(traffic.text("dst_ref")).isEqualTo(traffic.id().toString());
    }

    @Test
    void a_chain_of_references_beyond_all_reason_is_refused() {
        StringBuilder chain = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            chain.append("'%d':{'type':'network-traffic','src_ref':'%d'},".formatted(i, i + 1));
        }
        StixObject observed = observed(chain + "'1000':{'type':'ipv4-addr','value':'1.2.3.4'}");

        assertThatThrownBy(() -> Upgrade.of(observed))
                .isInstanceOf(MalformedStix.class)
                .hasMessageContaining("in a row");
    }

    private static StixObject observed(String objects) {
        return object("observed-data", "'number_observed':1,'objects':{" + objects + "}}");
    }

    private static StixObject object(String type, String rest) {
        return read(
                "{'type':'%s','id':'%1$s--6ba7b810-9dad-41d1-80b4-00c04fd430c8',".formatted(type)
                        + "'created':'2020-01-01T00:00:00.000Z','modified':'2020-01-01T00:00:00.000Z',"
                        + rest);
    }

    private static StixObject read(String json) {
        return StixObject.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
