package org.kerege.node.demo;

import java.util.ArrayList;
import java.util.List;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.stix.BundleReader;
import org.kerege.taxii.client.PullSink;
import org.kerege.taxii.client.PullState;

/// Brings what is pulled through a node's own intake, page by page. A page that comes again after a break is
/// recognised there, so the state need not be kept for what a demo pulls once.
final class IntakeSink implements PullSink {

    private final Intake intake;
    private final Collection into;
    private final Source source;
    private final List<BundleReader.Item> page = new ArrayList<>();
    private long accepted;

    IntakeSink(Intake intake, Collection into, Source source) {
        this.intake = intake;
        this.into = into;
        this.source = source;
    }

    long accepted() {
        return accepted;
    }

    @Override
    public void add(BundleReader.Item item) {
        page.add(item);
    }

    @Override
    public void keep(PullState state) {
        accepted += intake.admit(into, source, List.copyOf(page)).accepted().size();
        page.clear();
    }

    @Override
    public void drop() {
        page.clear();
    }
}
