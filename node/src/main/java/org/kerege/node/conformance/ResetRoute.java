package org.kerege.node.conformance;

import org.kerege.node.identity.Callers;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /conformance/reset`, open to anyone on loopback, in a throw-away server alone.
@RestController
@Callers(anyone = true)
final class ResetRoute {

    private volatile Runnable reset = () -> {};

    void use(Runnable action) {
        reset = action;
    }

    @PostMapping("/conformance/reset")
    void reset() {
        reset.run();
    }
}
