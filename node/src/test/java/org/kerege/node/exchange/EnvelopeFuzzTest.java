package org.kerege.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kerege.gate.NamedPersons;
import org.kerege.gate.References;
import org.kerege.pattern.IndicatorPatterns;
import org.kerege.stix.BundleReader;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixObject;
import org.kerege.stix.Versions;
import org.kerege.stix.upgrade.Upgrade;
import org.kerege.stix.validation.Policy;
import org.kerege.stix.validation.Validator;

/// The body of a POST: its frame is refused, or each object in it is judged, and of one that is good all is computed
/// that is kept of it. The inputs beside the test run with every build; with JAZZER_FUZZ=1 more are sought.
class EnvelopeFuzzTest {

    private static final Validator VALIDATOR =
            new Validator(Policy.STANDARD, new IndicatorPatterns());

    @FuzzTest(maxDuration = "5m")
    void comes_to_a_verdict_for_each_object(byte[] body) throws IOException {
        List<BundleReader.Item> items = new ArrayList<>();
        try {
            BundleReader.readEnvelope(new ByteArrayInputStream(body), items::add);
        } catch (MalformedStix e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        for (int i = 0; i < items.size(); i++) {
            assertThat(items.get(i).index()).isEqualTo(i);
            if (items.get(i) instanceof BundleReader.Item.Read(int _, StixObject object)) {
                judge(object);
            }
        }
    }

    private static void judge(StixObject object) {
        if (Upgrade.isDue(object)) {
            try {
                Upgrade.of(object).objects().forEach(EnvelopeFuzzTest::keep);
            } catch (MalformedStix e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        keep(object);
    }

    private static void keep(StixObject object) {
        if (!VALIDATOR.validate(object.json()).valid()) {
            return;
        }
        assertThat(Versions.digestBytes(object)).hasSize(32);
        assertThat(Version.of(object, Instant.EPOCH)).isNotBlank();
        assertThat(References.of(object).needed()).doesNotContainNull();
        assertThat(StixObject.read(object.bytes()).id()).isEqualTo(object.id());
        // Whether it names a person is asked of everything; it must have an answer.
        assertThat(NamedPersons.in(object)).isIn(true, false);
    }
}
