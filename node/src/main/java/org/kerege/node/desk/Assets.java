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
import java.util.Properties;
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

    static final String FOLDER = "/assets/";
    private static final String SCRIPT = "text/javascript;charset=UTF-8";

    private final Map<String, Asset> files =
            Map.of(
                    "desk.css", read("/desk/desk.css", "text/css;charset=UTF-8"),
                    "desk.js", read("/desk/desk.js", SCRIPT),
                    "icon.svg", read("/desk/icon.svg", "image/svg+xml"),
                    "graph.js", read("/desk/graph.js", SCRIPT),
                    "htmx.js", read(library("htmx.org", "dist/htmx.min.js"), SCRIPT),
                    "d3-dispatch.js",
                            read(library("d3-dispatch", "dist/d3-dispatch.min.js"), SCRIPT),
                    "d3-quadtree.js",
                            read(library("d3-quadtree", "dist/d3-quadtree.min.js"), SCRIPT),
                    "d3-timer.js", read(library("d3-timer", "dist/d3-timer.min.js"), SCRIPT),
                    "d3-force.js", read(library("d3-force", "dist/d3-force.min.js"), SCRIPT));

    /// @param mark tells this content from others
    private record Asset(byte[] bytes, String type, String mark) {}

    /// Address of a file on a page.
    String address(String name) {
        return FOLDER + name + "?" + Objects.requireNonNull(files.get(name), name).mark();
    }

    @GetMapping(FOLDER + "{name}")
    void file(@PathVariable String name, HttpServletResponse response) throws IOException {
        Asset file = files.get(name);
        if (file == null) {
            response.setStatus(404);
            return;
        }
        response.setContentType(file.type());
        response.setHeader(
                "Cache-Control",
                CacheControl.maxAge(Duration.ofDays(365)).cachePublic().getHeaderValue());
        response.getOutputStream().write(file.bytes());
    }

    /// Where a library's file lies in the package that brings it.
    private static String library(String name, String file) {
        String folder = "/META-INF/resources/webjars/" + name + "/";
        Properties facts = new Properties();
        try (InputStream in =
                Assets.class.getResourceAsStream(
                        "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
            facts.load(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own files can be read", e);
        }
        return folder + facts.getProperty("version") + "/" + file;
    }

    private static Asset read(String file, String type) {
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Asset(bytes, type, HexFormat.of().formatHex(digest, 0, 6));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own files can be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
