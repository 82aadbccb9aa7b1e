import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a static site of the Markdown documents: {@code java Site.java PROJECT OUTPUT}.
 *
 * <p>It understands the Markdown that these documents use. A link that leads nowhere, or to a
 * heading that is not there, ends it with an error.
 */
public final class Site {

    private static final String HOST = "https://github.com/pbxsdk/pbx-sdk/blob/main/";
    private static final Set<String> SKIPPED =
            Set.of("target", "node_modules", ".git", ".lab", "recorded", "build");

    private static final Pattern LINK = Pattern.compile("(!?)\\[([^\\]]*)\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(`+)(.+?)\\1");
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->\\n?");
    private static final Pattern ITEM = Pattern.compile("( *)([-*]|\\d+\\.) (.*)");

    private final Path project;
    private final Path output;
    private final Map<Path, String> pages = new TreeMap<>();
    private final Map<Path, Set<String>> anchors = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    private Site(Path project, Path output) {
        this.project = project;
        this.output = output;
    }

    /** Makes the site. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: java Site.java PROJECT OUTPUT");
            System.exit(2);
        }
        Site site = new Site(Path.of(args[0]).toRealPath(), Path.of(args[1]).toAbsolutePath());
        site.make();
        site.broken.forEach(System.err::println);
        System.exit(site.broken.isEmpty() ? 0 : 1);
    }

    private void make() throws IOException {
        read();
        pages.forEach((path, text) -> anchors.put(path, anchorsOf(text)));
        for (Map.Entry<Path, String> page : pages.entrySet()) {
            Path file = output.resolve(html(page.getKey()));
            Files.createDirectories(file.getParent());
            Files.writeString(file, page(page.getKey(), page.getValue()));
        }
        copyPictures();
        System.out.println(pages.size() + " pages in " + output);
    }

    private void read() throws IOException {
        try (Stream<Path> files = Files.walk(project, 3)) {
            for (Path file : files.filter(this::isDocument).toList()) {
                String text = Files.readString(file).replace("\r\n", "\n");
                pages.put(project.relativize(file), text);
            }
        }
    }

    private boolean isDocument(Path file) {
        Path path = project.relativize(file);
        for (Path part : path) {
            if (SKIPPED.contains(part.toString())) {
                return false;
            }
        }
        return path.toString().endsWith(".md");
    }

    private void copyPictures() throws IOException {
        Path folder = project.resolve("docs/pictures");
        if (Files.isDirectory(folder)) {
            Files.createDirectories(output.resolve("docs/pictures"));
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.write(output.resolve(project.relativize(file)), Files.readAllBytes(file));
                }
            }
        }
    }

    /** The first page of a folder is the one that a browser opens there. */
    private static Path html(Path page) {
        String name = page.toString().replaceFirst("\\.md$", ".html");
        return Path.of(name.replaceFirst("(^|/)README\\.html$", "$1index.html"));
    }

    // ------------------------------------------------------------------ a page

    private String page(Path path, String text) {
        String title = text.lines().filter(l -> l.startsWith("# ")).findFirst().orElse("# pbx-sdk");
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body>
        <nav>
        %s</nav>
        <main>
        %s</main>
        </body>
        </html>
        """
                .formatted(escape(title.substring(2)), STYLE, navigation(path), body(path, text));
    }

    private static final String STYLE =
            """

            body { display: flex; flex-wrap: wrap; margin: 0; font: 16px/1.5 sans-serif; color: #222 }
            nav { flex: 0 0 13rem; padding: 1rem; background: #f4f6f8; min-height: 100vh }
            nav ul { list-style: none; margin: 0 0 1rem; padding: 0 }
            nav .here { font-weight: bold }
            main { flex: 1 1 30rem; max-width: 56rem; min-width: 0; padding: 1rem 2rem }
            pre { overflow-x: auto; background: #f4f6f8; padding: .8rem }
            code { font: 14px/1.4 monospace }
            table { border-collapse: collapse; display: block; overflow-x: auto }
            th, td { border: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top }
            img { max-width: 100% }
            a { color: #0b5394 }
            """;

    private String navigation(Path here) {
        Map<String, List<Path>> groups = new LinkedHashMap<>();
        for (String name :
                List.of("pbx-sdk", "Tasks", "Guides", "Providers of texts", "Modules", "More")) {
            groups.put(name, new ArrayList<>());
        }
        pages.keySet().forEach(page -> groups.get(group(page)).add(page));
        StringBuilder text = new StringBuilder();
        groups.forEach(
                (name, list) -> {
                    text.append("<b>").append(name).append("</b>\n<ul>\n");
                    list.forEach(page -> text.append(entry(page, here)));
                    if (name.equals("Modules")) {
                        text.append("<li><a href=\"")
                                .append(relative(here, Path.of("api/index.html")));
                        text.append("\">Javadoc of all</a></li>\n");
                    }
                    text.append("</ul>\n");
                });
        return text.toString();
    }

    private static String group(Path page) {
        String name = page.toString();
        if (name.equals("README.md") || name.equals("docs/README.md")) {
            return "pbx-sdk";
        }
        if (name.startsWith("docs/tasks/")) {
            return "Tasks";
        }
        if (name.startsWith("docs/providers/")) {
            return "Providers of texts";
        }
        if (name.startsWith("docs/")) {
            return "Guides";
        }
        return name.matches("pbx-sdk[a-z-]*/README\\.md") ? "Modules" : "More";
    }

    private String entry(Path page, Path here) {
        String title =
                pages.get(page)
                        .lines()
                        .filter(line -> line.startsWith("# "))
                        .findFirst()
                        .map(line -> line.substring(2).replace("`", ""))
                        .orElse(page.toString());
        return page.equals(here)
                ? "<li class=\"here\">" + escape(title) + "</li>\n"
                : ("<li><a href=\"" + relative(here, html(page)) + "\">")
                        + (escape(title) + "</a></li>\n");
    }

    private static String relative(Path from, Path to) {
        Path folder = html(from).getParent();
        return (folder == null ? to : folder.relativize(to)).toString();
    }

    // ------------------------------------------------------------------ blocks

    private String body(Path page, String text) {
        List<String> lines = withoutComments(text).lines().toList();
        StringBuilder html = new StringBuilder();
        int i = 0;
        while (i < lines.size()) {
            i = block(page, lines, i, html);
        }
        return html.toString();
    }

    /** Comments in code stay: they are part of it. */
    private static String withoutComments(String text) {
        String[] parts = text.split("(?m)(?=^```)", -1);
        StringBuilder kept = new StringBuilder();
        boolean code = false;
        for (String part : parts) {
            code ^= part.startsWith("```");
            kept.append(code ? part : COMMENT.matcher(part).replaceAll(""));
        }
        return kept.toString();
    }

    /** Writes the block that begins with a line, and returns where the next one begins. */
    private int block(Path page, List<String> lines, int start, StringBuilder html) {
        String line = lines.get(start);
        if (line.isBlank()) {
            return start + 1;
        }
        if (line.startsWith("```")) {
            return code(lines, start, html);
        }
        if (line.startsWith("    ")) {
            return indented(lines, start, html);
        }
        if (line.matches("#{1,6} .*")) {
            heading(page, line, html);
            return start + 1;
        }
        if (line.startsWith("|")) {
            return table(page, lines, start, html);
        }
        if (ITEM.matcher(line).matches()) {
            return list(page, lines, start, html);
        }
        return paragraph(page, lines, start, html);
    }

    private static int code(List<String> lines, int start, StringBuilder html) {
        html.append("<pre><code>");
        int i = start + 1;
        while (i < lines.size() && !lines.get(i).startsWith("```")) {
            html.append(escape(lines.get(i++))).append('\n');
        }
        html.append("</code></pre>\n");
        return i + 1;
    }

    private static int indented(List<String> lines, int start, StringBuilder html) {
        html.append("<pre><code>");
        int i = start;
        while (i < lines.size() && lines.get(i).startsWith("    ")) {
            html.append(escape(lines.get(i++).substring(4))).append('\n');
        }
        html.append("</code></pre>\n");
        return i;
    }

    private void heading(Path page, String line, StringBuilder html) {
        int level = line.indexOf(' ');
        String text = line.substring(level + 1);
        html.append("<h%d id=\"%s\">".formatted(level, anchor(text)));
        html.append(inline(page, text)).append("</h%d>\n".formatted(level));
    }

    private int table(Path page, List<String> lines, int start, StringBuilder html) {
        html.append("<table>\n");
        int i = start;
        for (; i < lines.size() && lines.get(i).startsWith("|"); i++) {
            boolean rule = lines.get(i).matches("[|:\\- ]+");
            if (!rule || i != start + 1) {
                row(page, lines.get(i), i == start ? "th" : "td", html);
            }
        }
        html.append("</table>\n");
        return i;
    }

    private void row(Path page, String line, String cell, StringBuilder html) {
        html.append("<tr>");
        String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
        for (String value : inner.split("(?<!\\\\)\\|", -1)) {
            String text = inline(page, value.strip().replace("\\|", "|"));
            html.append("<%s>%s</%s>".formatted(cell, text, cell));
        }
        html.append("</tr>\n");
    }

    /** An item goes on in lines that are indented, or that begin nothing else. */
    private int list(Path page, List<String> lines, int start, StringBuilder html) {
        Matcher first = ITEM.matcher(lines.get(start));
        String indent = first.matches() ? first.group(1) : "";
        String kind = Character.isDigit(lines.get(start).strip().charAt(0)) ? "ol" : "ul";
        html.append("<").append(kind).append(">\n");
        int i = start;
        while (i < lines.size()) {
            Matcher item = ITEM.matcher(lines.get(i));
            if (!item.matches() || item.group(1).length() < indent.length()) {
                break;
            }
            if (item.group(1).length() > indent.length()) {
                i = list(page, lines, i, html);
                continue;
            }
            StringBuilder text = new StringBuilder(item.group(3));
            i++;
            while (i < lines.size() && goesOn(lines.get(i))) {
                text.append('\n').append(lines.get(i++).strip());
            }
            html.append("<li>").append(inline(page, text.toString())).append("</li>\n");
        }
        html.append("</").append(kind).append(">\n");
        return i;
    }

    private int paragraph(Path page, List<String> lines, int start, StringBuilder html) {
        StringBuilder text = new StringBuilder(lines.get(start));
        int i = start + 1;
        while (i < lines.size() && goesOn(lines.get(i))) {
            text.append('\n').append(lines.get(i++));
        }
        html.append("<p>").append(inline(page, text.toString())).append("</p>\n");
        return i;
    }

    private static boolean goesOn(String line) {
        return !line.isBlank()
                && !line.startsWith("```")
                && !line.startsWith("|")
                && !line.matches("#{1,6} .*")
                && !ITEM.matcher(line).matches();
    }

    // ------------------------------------------------------------------ within a line

    /** Code comes first: nothing in it has a meaning. */
    private String inline(Path page, String text) {
        StringBuilder html = new StringBuilder();
        Matcher code = CODE.matcher(text);
        int end = 0;
        List<String> codes = new ArrayList<>();
        while (code.find()) {
            html.append(text, end, code.start())
                    .append('\u0001')
                    .append(codes.size())
                    .append('\u0002');
            codes.add("<code>" + escape(code.group(2)) + "</code>");
            end = code.end();
        }
        html.append(text.substring(end));
        String linked = links(page, escape(html.toString()));
        String bold = linked.replaceAll("\\*\\*(.+?)\\*\\*", "<strong>$1</strong>");
        return Pattern.compile("\u0001(\\d+)\u0002")
                .matcher(bold)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        codes.get(Integer.parseInt(found.group(1)))));
    }

    private String links(Path page, String text) {
        return LINK.matcher(text).replaceAll(found -> Matcher.quoteReplacement(link(page, found)));
    }

    private String link(Path page, MatchResult found) {
        String address = target(page, found.group(3).replace("&amp;", "&"));
        return found.group(1).isEmpty()
                ? "<a href=\"" + escape(address) + "\">" + links(page, found.group(2)) + "</a>"
                : "<img src=\"" + escape(address) + "\" alt=\"" + found.group(2) + "\">";
    }

    private String target(Path page, String address) {
        if (URI.create(address).isAbsolute()) {
            return address;
        }
        int mark = address.indexOf('#');
        String anchor = mark < 0 ? "" : address.substring(mark + 1);
        Path file = file(page, mark < 0 ? address : address.substring(0, mark));
        if (pages.containsKey(file)) {
            if (!anchor.isEmpty() && !anchors.get(file).contains(anchor)) {
                broken.add(page + ": " + address + " leads to no heading");
            }
            return relative(page, html(file)) + (anchor.isEmpty() ? "" : "#" + anchor);
        }
        if (!Files.exists(project.resolve(file))) {
            broken.add(page + ": " + address + " leads nowhere");
        }
        return file.startsWith("docs/pictures") ? relative(page, file) : HOST + file.toString();
    }

    /** Returns the file that a link is for; a folder stands for the page in it. */
    private Path file(Path page, String address) {
        if (address.isEmpty()) {
            return page;
        }
        Path file = project.resolve(page).resolveSibling(address).normalize();
        Path inside = file.startsWith(project) ? project.relativize(file) : Path.of(address);
        Path first = inside.resolve("README.md");
        return pages.containsKey(first) ? first : inside;
    }

    // ------------------------------------------------------------------ headings

    private static Set<String> anchorsOf(String text) {
        Set<String> found = new HashSet<>();
        boolean code = false;
        for (String line : text.lines().toList()) {
            code ^= line.startsWith("```");
            if (!code && line.matches("#{1,6} .*")) {
                found.add(anchor(line.substring(line.indexOf(' ') + 1)));
            }
        }
        return found;
    }

    /** Returns the name that a heading has on the host of the sources, too. */
    private static String anchor(String heading) {
        return heading.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
