package org.kerege.node.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/// How a route refuses a program: with a problem in the form of RFC 9457.
public final class Problems {

    private Problems() {}

    /// Refuses with a status.
    ///
    /// @param why for whoever asked, with what to do where there is something to do
    public static ResponseEntity<?> answer(int status, @Nullable String why) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setDetail(why);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
