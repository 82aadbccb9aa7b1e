package io.github.pbxsdk.it.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a document, with the wish that may stand in a comment before it.
 *
 * <p>Java is compiled without being asked. The comment says more, and readers do not see it:
 *
 * <ul>
 *   <li>{@code <!-- snippet: run -->} also runs it;
 *   <li>{@code <!-- snippet: with AmiClient ami, Path folder -->} compiles it where such variables
 *       exist;
 *   <li>{@code <!-- snippet: none: reason -->} leaves it alone.
 * </ul>
 *
 * @param place the document and the line, for messages
 * @param wish what the comment says, or nothing
 */
record Snippet(String place, String language, String wish, String code) {

    private static final Pattern WISH = Pattern.compile("<!-- snippet: (.*) -->");
    private static final Pattern REASON = Pattern.compile("none: \\S.*");

    static List<Snippet> in(Path document) {
        List<Snippet> snippets = new ArrayList<>();
        List<String> lines = lines(document);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                int end = end(lines, i);
                snippets.add(
                        new Snippet(
                                House.file("").relativize(document) + ":" + (i + 1),
                                lines.get(i).substring(3).strip(),
                                wishBefore(lines, i),
                                String.join("\n", lines.subList(i + 1, end)) + "\n"));
                i = end;
            }
        }
        return snippets;
    }

    private static int end(List<String> lines, int start) {
        int end = start + 1;
        while (!lines.get(end).startsWith("```")) {
            end++;
        }
        return end;
    }

    private static String wishBefore(List<String> lines, int fence) {
        int before = fence - 1;
        while (before >= 0 && lines.get(before).isBlank()) {
            before--;
        }
        Matcher wish = WISH.matcher(before < 0 ? "" : lines.get(before));
        return wish.matches() ? wish.group(1) : "";
    }

    private static List<String> lines(Path document) {
        try {
            return Files.readAllLines(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isLeftAlone() {
        return REASON.matcher(wish).matches();
    }

    boolean isRun() {
        return wish.equals("run");
    }

    /** Returns the variables that exist around it, as a parameter list. */
    String variables() {
        return wish.startsWith("with ") ? wish.substring("with ".length()) : "";
    }

    boolean hasKnownWish() {
        return wish.isEmpty() || isRun() || isLeftAlone() || !variables().isEmpty();
    }

    @Override
    public String toString() {
        return place;
    }
}
