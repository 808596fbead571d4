package org.kerege.node.identity;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What no route answered, an address that nobody has or a request that the framework turned away, is answered like
/// every other refusal. Source: TAXII 2.1 §3.6.1.
@RestController
@Callers(anyone = true)
final class FrameworkRefusals implements ErrorController {

    @RequestMapping("/error")
    void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                        ? code
                        : HttpStatus.NOT_FOUND.value();
        Refusals.write(response, status, title(HttpStatus.resolve(status)));
    }

    private static String title(@Nullable HttpStatus status) {
        if (status == HttpStatus.NOT_FOUND) {
            return "There is no such resource here";
        }
        if (status == null || status.is5xxServerError()) {
            return "The node could not answer; its log says why";
        }
        return "The request cannot be answered: " + status.getReasonPhrase();
    }
}
