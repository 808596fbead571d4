package org.kerege.node.exchange.search;

import java.util.Arrays;
import org.kerege.gate.View;

/// For whom objects are looked up: what the gate lets them have, in the collections that they may use.
///
/// @param collections numbers, in any order
public record Reader(View view, int[] collections) {

    /// Closures whose objects go out without a part missing.
    int[] whole() {
        return Arrays.stream(view.closures()).filter(closure -> !view.reduces(closure)).toArray();
    }
}
