package org.kerege.node;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/// The packages of the node as modules: no circles among them, and nobody reaches into another's inside.
class ModulesTest {

    @Test
    void form_no_circle_and_keep_their_insides() {
        ApplicationModules.of("org.kerege.node").verify();
    }
}
