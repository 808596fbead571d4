package org.kerege.node.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;
import tools.jackson.databind.JsonNode;

/// The system's Chromium without a window, one for all tests.
final class Chromium {

    static final String MISSING =
            "needs the system's Chromium and its driver (packages chromium and chromium-driver)";

    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String AXE = read("/axe.min.js");

    private static @Nullable Chromium started;

    private final ChromeDriver driver;
    private @Nullable VirtualAuthenticator authenticator;
    private final String base;

    private Chromium(String base) {
        this.base = base;
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--lang=en",
                "--accept-lang=en");
        options.setCapability("goog:loggingPrefs", logs);
        this.driver =
                new ChromeDriver(
                        new ChromeDriverService.Builder()
                                .usingDriverExecutable(DRIVER.toFile())
                                .usingAnyFreePort()
                                .build(),
                        options);
    }

    static boolean isHere() {
        return Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
    }

    static synchronized Chromium shared(String base) {
        Chromium running = started;
        if (running == null) {
            running = new Chromium(base);
            started = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running.driver::quit));
        }
        return running;
    }

    /// Leaves the session and what was logged behind.
    void forget() {
        driver.get(base + "/sign-in");
        driver.manage().deleteAllCookies();
        look(1440, "light");
        driver.manage().logs().get(LogType.BROWSER);
        driver.manage().logs().get(LogType.PERFORMANCE);
    }

    void open(String path) {
        driver.get(base + path);
    }

    /// Forgets the cookies of the host whose page stands there.
    void forgetCookies() {
        driver.manage().deleteAllCookies();
    }

    /// A page of the node under another name of it.
    void openAt(String address) {
        driver.get(address);
    }

    /// Gives the browser a made-up authenticator that knows its user.
    void authenticator() {
        authenticator =
                driver.addVirtualAuthenticator(
                        new VirtualAuthenticatorOptions()
                                .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                                .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL)
                                .setHasResidentKey(true)
                                .setHasUserVerification(true)
                                .setIsUserVerified(true));
    }

    void withoutAuthenticator() {
        if (authenticator != null) {
            driver.removeVirtualAuthenticator(authenticator);
            authenticator = null;
        }
    }

    void await(By what) {
        new WebDriverWait(driver, PATIENCE)
                .until(ExpectedConditions.presenceOfElementLocated(what));
    }

    /// Clicks what stands on the page; what is put anew just then, as a list is while one types, is looked for again.
    void click(By what) {
        new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(page -> {
                    WebElement element = ExpectedConditions.elementToBeClickable(what).apply(page);
                    if (element == null) {
                        return false;
                    }
                    element.click();
                    return true;
                });
    }

    /// Clicks what leads to another page, and waits until that one stands: what is asked next is asked of it.
    void follow(By what) {
        driver.executeScript("window.left = true");
        click(what);
        new WebDriverWait(driver, PATIENCE)
                .ignoring(WebDriverException.class)
                .until(ignored ->
                        value("!window.left && document.readyState === 'complete'").equals(true));
    }

    void type(By field, CharSequence text) {
        await(field);
        WebElement element = driver.findElement(field);
        element.clear();
        element.sendKeys(text);
    }

    void choose(By list, String value) {
        new Select(driver.findElement(list)).selectByValue(value);
    }

    /// Presses keys one after another, wherever the focus is.
    void press(CharSequence... keys) {
        for (CharSequence each : keys) {
            new Actions(driver).sendKeys(each).perform();
        }
    }

    /// Presses a key while another is held.
    void pressWith(Keys held, String key) {
        new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
    }

    String text(By what) {
        await(what);
        return driver.findElement(what).getText();
    }

    int count(By what) {
        return driver.findElements(what).size();
    }

    Object value(String script) {
        return Objects.requireNonNull(
                ((JavascriptExecutor) driver).executeScript("return " + script));
    }

    /// Sets the width of the screen, in CSS pixels, and its light: `light` or `dark`.
    void look(int width, String light) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", light))));
    }

    void language(String language) {
        driver.manage().addCookie(new Cookie(Rendering.LANGUAGE, language));
    }

    /// What stands in the way of people who use the page otherwise than most: axe's findings that are serious or
    /// critical.
    List<String> barriers() {
        driver.executeScript(AXE);
        Object found =
                driver.executeAsyncScript(
                        """
                        const done = arguments[0];
                        axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations
                            .filter(v => v.impact === 'serious' || v.impact === 'critical')
                            .map(v => v.id + ' at ' + v.nodes.map(n => n.target.join(' ') + ' (' + n.failureSummary + ')').join('; '))));
                        """);
        return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
    }

    /// Errors and warnings of the console since they were asked for last. An answer that is an error is the page's
    /// matter.
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                complaints.add(entry.getMessage());
            }
        }
        return complaints;
    }

    /// Addresses outside the node that were asked for since the last call.
    List<String> addressesElsewhere() {
        List<String> elsewhere = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = Json.mapper().readTree(entry.getMessage()).path("message");
            if (message.path("method").asString("").equals("Network.requestWillBeSent")) {
                String url = message.path("params").path("request").path("url").asString("");
                if (!url.startsWith(base + "/") && !url.startsWith("data:")) {
                    elsewhere.add(url);
                }
            }
        }
        return elsewhere;
    }

    /// Keeps a picture of the page below `target/screenshots`.
    void keep(String page, int width, String language, String light) {
        String name =
                (page.replaceAll("[^a-z]+", "-") + "-" + width + "-" + language + "-" + light)
                        .replaceAll("^-|-(?=-)", "");
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(
                    SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String resource) {
        try (InputStream in = Chromium.class.getResourceAsStream(resource)) {
            return new String(
                    Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
