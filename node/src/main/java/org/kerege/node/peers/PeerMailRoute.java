package org.kerege.node.peers;

import java.io.IOException;
import java.io.InputStream;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Problems;
import org.kerege.node.identity.Role;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where other nodes exchange mail with this one: an envelope of signed objects each way, with `last`, the number of the
/// last one in it, and `have`, the number of the last that its sender took from the other. The answer has `refused`, what
/// was not taken and why.
@RestController
final class PeerMailRoute {

    static final String PATH = "/peers/mail";

    private final Post post;
    private final PeerScheme callers;

    PeerMailRoute(Post post, PeerScheme callers) {
        this.post = post;
        this.callers = callers;
    }

    @PostMapping(PATH)
    @Callers(Role.READER)
    ResponseEntity<?> exchange(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        Agreement agreement = callers.agreementOf(caller).orElse(null);
        if (agreement == null) {
            return Problems.answer(404, "mail is exchanged by nodes that have an agreement");
        }
        return Answers.to(
                body,
                Post.MAX_BYTES,
                question -> Answers.json(200, post.answer(agreement, question)));
    }
}
