package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.kerege.node.identity.Callers;
import org.kerege.node.ledger.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// The one place where what goes wrong on the desk becomes a page: never a dead end, and nothing from inside.
@Controller
@ControllerAdvice(basePackageClasses = Frame.class, annotations = DeskPages.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
@Callers
final class DeskProblems {

    private static final Logger LOG = LoggerFactory.getLogger(DeskProblems.class);

    private final Rendering rendering;

    DeskProblems(Rendering rendering) {
        this.rendering = rendering;
    }

    /// Every address of the desk that no page has.
    @GetMapping("/desk/**")
    void nowhere(HttpServletRequest request, HttpServletResponse response) throws IOException {
        rendering.page(request, response, 404, "missing", Map.of());
    }

    @ExceptionHandler({
        MissingServletRequestParameterException.class,
        MethodArgumentTypeMismatchException.class
    })
    void misasked(HttpServletRequest request, HttpServletResponse response) throws IOException {
        problem(request, response, 400, "misasked");
    }

    @ExceptionHandler
    void unavailable(
            StoreUnavailable problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        LOG.warn("event=store_unavailable reason={}", problem.getMessage());
        problem(request, response, 503, "unavailable");
    }

    private void problem(
            HttpServletRequest request, HttpServletResponse response, int status, String key)
            throws IOException {
        rendering.page(request, response, status, "problem", Map.of("key", key));
    }
}
