package org.kerege.taxii.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kerege.stix.BundleReader;

/// A sink that makes page and state durable in one step, and can be killed before any of its steps.
final class KeptPages implements PullSink {

    final List<String> kept = new ArrayList<>();
    PullState state = PullState.START;
    int diesAfterSteps = Integer.MAX_VALUE;

    private final List<String> added = new ArrayList<>();

    private void step() throws IOException {
        if (diesAfterSteps-- <= 0) {
            added.clear();
            throw new IOException("killed");
        }
    }

    @Override
    public void add(BundleReader.Item item) throws IOException {
        step();
        added.add(
                switch (item) {
                    case BundleReader.Item.Read read -> read.object().id().toString();
                    case BundleReader.Item.Refused refused -> refused.why().rule();
                });
    }

    @Override
    public void keep(PullState reached) throws IOException {
        step();
        kept.addAll(added);
        added.clear();
        // What a later process would read.
        state = PullState.read(reached.write());
    }

    @Override
    public void drop() {
        added.clear();
    }
}
