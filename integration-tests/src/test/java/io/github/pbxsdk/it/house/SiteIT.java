package io.github.pbxsdk.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site that build-tools/Site.java makes of the documents. */
class SiteIT {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]*)(?:#([^\"]*))?\"");

    @TempDir Path output;

    private record Made(int code, String words) {}

    private static Made make(Path project, Path output) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                House.file("build-tools/Site.java").toString(),
                                project.toString(),
                                output.toString())
                        .redirectErrorStream(true)
                        .start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Made(process.waitFor(), words);
    }

    @Test
    void everyLinkOfItLeadsSomewhere() throws Exception {
        Made made = make(House.file(""), output);

        assertThat(made.words()).doesNotContain("leads");
        assertThat(made.code()).isZero();
        List<Path> pages = pages();
        assertThat(pages).hasSizeGreaterThan(20).contains(output.resolve("docs/ami.html"));
        for (Path page : pages) {
            linksLeadSomewhere(page);
        }
    }

    private List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }

    private void linksLeadSomewhere(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            String address = link.group(1);
            // The Javadoc is made beside it, by build-tools/site.
            if (address.startsWith("https://") || address.endsWith("api/index.html")) {
                continue;
            }
            Path target = address.isEmpty() ? page : page.resolveSibling(address).normalize();
            assertThat(target).as("%s in %s", link.group(), page).isRegularFile();
            if (link.group(2) != null) {
                assertThat(Files.readString(target))
                        .as("%s in %s", link.group(), page)
                        .contains("id=\"" + link.group(2) + "\"");
            }
        }
    }

    @Test
    void aLinkThatLeadsNowhereEndsIt(@TempDir Path project) throws Exception {
        Files.writeString(project.resolve("README.md"), "# A\n\n[b](b.md), [c](#c), [a](#a)\n");

        Made made = make(project, output);

        assertThat(made.code()).isEqualTo(1);
        assertThat(made.words())
                .contains("README.md: b.md leads nowhere")
                .contains("README.md: #c leads to no heading")
                .doesNotContain("#a leads");
    }

    @Test
    void whatLooksLikeMarkupInCodeIsShownAsItIs(@TempDir Path project) throws Exception {
        Files.writeString(
                project.resolve("README.md"),
                "# A\n\n"
                        + "Say `a **b** <c>` and **d**.\n\n"
                        + "```java\n"
                        + "// [e](f.md) <!-- no comment -->\n"
                        + "```\n");

        Made made = make(project, output);

        assertThat(made.code()).isZero();
        assertThat(Files.readString(output.resolve("index.html")))
                .contains("<p>Say <code>a **b** &lt;c&gt;</code> and <strong>d</strong>.</p>")
                .contains("// [e](f.md) &lt;!-- no comment --&gt;");
    }
}
