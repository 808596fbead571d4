package org.kerege.node.desk;

import java.util.List;
import java.util.Optional;
import org.kerege.node.identity.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// A panel as a capability would add it.
@Configuration(proxyBeanMethods = false)
class ChairPanel {

    @Bean
    HomePanel chair() {
        return (caller, words) ->
                caller.is(Role.AUDITOR)
                        ? Optional.of(
                                new HomePanel.Content(
                                        "Chair",
                                        List.of(
                                                new HomePanel.Line("<b>home</b> until May", null),
                                                new HomePanel.Line(
                                                        words.of("home"), "/desk/exchange"))))
                        : Optional.empty();
    }
}
