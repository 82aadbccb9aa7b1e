package io.github.pbxsdk.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents show works, and what they point at is there. */
class DocumentsIT {

    private static final Set<String> SHELLS = Set.of("bash", "sh", "shell", "console");

    /** A link, or a picture, to something in this repository. */
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?://|mailto:|#)([^)#\\s]+)");

    /** A program of ours at the beginning of a command: {@code ./mvnw}, {@code lab/asterisk}. */
    private static final Pattern PROGRAM =
            Pattern.compile("(?m)(?:^|&&|\\||;)\\s*(?:[A-Z_]+=\\S* )*(\\.?[\\w.-]*/[\\w./-]+)");

    /** A module of ours as a dependency, up to its version. */
    private static final Pattern DEPENDENCY =
            Pattern.compile(
                    "<groupId>io\\.github\\.pbxsdk</groupId>\\s*<artifactId>[\\w-]+</artifactId>"
                            + "\\s*<version>([^<]+)</version>");

    private static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(markdownIn(House.file("")));
        documents.addAll(markdownIn(House.file("docs")));
        documents.addAll(markdownIn(House.file("docs/providers")));
        documents.addAll(markdownIn(House.file("docs/tasks")));
        try (Stream<Path> folders = Files.list(House.file(""))) {
            folders.map(folder -> folder.resolve("README.md"))
                    .filter(Files::exists)
                    .forEach(documents::add);
        }
        return documents.stream();
    }

    private static List<Path> markdownIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    private static Stream<Snippet> snippets() throws IOException {
        return documents().flatMap(document -> Snippet.in(document).stream());
    }

    private static Stream<Snippet> javaSnippets() throws IOException {
        return snippets()
                .filter(snippet -> snippet.language().equals("java"))
                .filter(snippet -> !snippet.isLeftAlone());
    }

    private static Stream<Snippet> shellSnippets() throws IOException {
        return snippets().filter(snippet -> SHELLS.contains(snippet.language()));
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void everyWishIsUnderstoodAndRefusalsHaveAReason(Snippet snippet) {
        assertThat(snippet.hasKnownWish()).as(snippet + ": " + snippet.wish()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("javaSnippets")
    void javaCompilesAndRunsWhereItIsToldTo(Snippet snippet, @TempDir Path output) {
        SnippetCompiler compiler = new SnippetCompiler(output);

        String type = compiler.compile(snippet);

        if (snippet.isRun()) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(30), () -> compiler.run(type), snippet.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("shellSnippets")
    void programsOfOursExist(Snippet snippet) {
        Matcher program = PROGRAM.matcher(snippet.code());
        while (program.find()) {
            assertThat(House.file(program.group(1))).as(snippet.toString()).isExecutable();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void dependenciesHaveTheVersionOfTheProject(Path document) throws IOException {
        Matcher dependency = DEPENDENCY.matcher(Files.readString(document));
        while (dependency.find()) {
            assertThat(dependency.group(1))
                    .as("the version in " + House.file("").relativize(document))
                    .isEqualTo(House.version());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) throws IOException {
        Path folder = document.getParent();
        Matcher link = LINK.matcher(Files.readString(document));
        while (link.find()) {
            assertThat(folder.resolve(link.group(1)))
                    .as("a link of " + House.file("").relativize(document))
                    .exists();
        }
    }
}
