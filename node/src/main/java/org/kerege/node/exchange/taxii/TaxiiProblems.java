package org.kerege.node.exchange.taxii;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.kerege.node.exchange.DiskFull;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.stix.MalformedStix;
import org.kerege.taxii.MalformedTaxii;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// The one place where a refusal becomes an HTTP answer of TAXII. Source: TAXII 2.1 §3.6.
@RestControllerAdvice
final class TaxiiProblems {

    private static final Logger LOG = LoggerFactory.getLogger(TaxiiProblems.class);

    @ExceptionHandler
    void refuse(TaxiiProblem problem, HttpServletResponse response) throws IOException {
        send(response, problem.status(), String.valueOf(problem.getMessage()));
    }

    @ExceptionHandler
    void refuse(MalformedTaxii problem, HttpServletResponse response) throws IOException {
        send(response, 400, String.valueOf(problem.getMessage()));
    }

    @ExceptionHandler
    void refuse(MalformedStix problem, HttpServletResponse response) throws IOException {
        send(response, 422, problem.getMessage() + "; " + problem.rule());
    }

    @ExceptionHandler
    void refuse(StoreUnavailable problem, HttpServletResponse response) throws IOException {
        if (problem.isFull()) {
            refuseForLackOfRoom(problem, response);
            return;
        }
        LOG.warn("event=store_unavailable reason={}", problem.getMessage());
        response.setHeader("Retry-After", "5");
        send(
                response,
                503,
                "The node cannot reach its store now; nothing was taken in. Try again soon");
    }

    @ExceptionHandler
    void refuse(DiskFull problem, HttpServletResponse response) throws IOException {
        refuseForLackOfRoom(problem, response);
    }

    private static void refuseForLackOfRoom(RuntimeException problem, HttpServletResponse response)
            throws IOException {
        LOG.error("event=disk_full reason={}", problem.getMessage());
        send(
                response,
                507,
                "The node's disk is nearly full; it takes nothing more in until there is room");
    }

    @ExceptionHandler
    void refuse(HttpRequestMethodNotSupportedException problem, HttpServletResponse response)
            throws IOException {
        Set<?> methods =
                problem.getSupportedHttpMethods() == null
                        ? Set.of()
                        : problem.getSupportedHttpMethods();
        response.setHeader(
                "Allow",
                String.join(", ", methods.stream().map(String::valueOf).sorted().toList()));
        send(response, 405, "This resource has no such method");
    }

    @ExceptionHandler
    void refuse(NoResourceFoundException problem, HttpServletResponse response) throws IOException {
        send(response, 404, "There is no such resource here");
    }

    private static void send(HttpServletResponse response, int status, String title)
            throws IOException {
        TaxiiRoutes.send(response, status, TaxiiRoutes.bytes(Resources.error(status, title)));
    }
}
