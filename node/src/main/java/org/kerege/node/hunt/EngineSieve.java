package org.kerege.node.hunt;

import org.kerege.pattern.engine.ValueFilter;
import org.kerege.readers.Sieve;

/// Lets through to a hunt what some pattern can come of.
record EngineSieve(ValueFilter filter) implements Sieve {

    @Override
    public int property(String name) {
        return filter.property(name);
    }

    @Override
    public boolean presence(int property) {
        return filter.presence(property);
    }

    @Override
    public void start() {
        filter.start();
    }

    @Override
    public boolean text(int property, char[] text, int from, int to) {
        return filter.text(property, text, from, to);
    }

    @Override
    public boolean number(int property, long number) {
        return filter.number(property, number);
    }

    @Override
    public boolean together() {
        return filter.together();
    }
}
