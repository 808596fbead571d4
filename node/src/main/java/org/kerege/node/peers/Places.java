package org.kerege.node.peers;

import java.util.List;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;

/// Collections as agreements name them: by alias, which is one of them alone on a node.
final class Places {

    private Places() {}

    /// @throws IllegalArgumentException when none or several are called so
    static Collection collection(Catalogue catalogue, String alias) {
        List<Collection> called = called(catalogue, alias);
        if (called.size() != 1) {
            throw new IllegalArgumentException(
                    "this node has "
                            + (called.isEmpty() ? "no collection" : "several collections")
                            + " with the alias '"
                            + alias
                            + "'");
        }
        return called.getFirst();
    }

    static List<Collection> called(Catalogue catalogue, String alias) {
        return catalogue.collections().stream().filter(one -> alias.equals(one.alias())).toList();
    }
}
