package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.Callers;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The files that every page needs: a closed list, served by the node itself. Their addresses change with their
/// content, so that browsers may keep them.
@Controller
@Callers(anyone = true)
final class Assets {

    private static final String FOLDER = "/assets/";
    private static final Map<String, String> TYPES =
            Map.of(
                    "desk.css", "text/css;charset=UTF-8",
                    "desk.js", "text/javascript;charset=UTF-8");

    private final Map<String, Asset> files =
            TYPES.keySet().stream().collect(Collectors.toMap(name -> name, Assets::read));

    private record Asset(byte[] bytes, String mark) {}

    /// Address of a file on a page.
    String address(String name) {
        return FOLDER + name + "?" + Objects.requireNonNull(files.get(name), name).mark();
    }

    @GetMapping(FOLDER + "{name}")
    void file(@PathVariable String name, HttpServletResponse response) throws IOException {
        @Nullable Asset file = files.get(name);
        if (file == null) {
            response.setStatus(404);
            return;
        }
        response.setContentType(TYPES.get(name));
        response.setHeader(
                "Cache-Control",
                CacheControl.maxAge(Duration.ofDays(365)).cachePublic().getHeaderValue());
        response.getOutputStream().write(file.bytes());
    }

    private static Asset read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream("/desk/" + name)) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Asset(bytes, HexFormat.of().formatHex(digest, 0, 6));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own files can be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
