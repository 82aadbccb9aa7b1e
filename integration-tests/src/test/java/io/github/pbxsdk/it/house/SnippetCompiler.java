package io.github.pbxsdk.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles snippets against the published jars, as a reader would who copies them. */
final class SnippetCompiler {

    /** For snippets that show no imports of their own. */
    private static final List<String> JAVA_PACKAGES =
            List.of(
                    "java.io",
                    "java.net",
                    "java.nio.file",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.function",
                    "java.util.stream");

    private static final Predicate<String> IS_IMPORT = line -> line.startsWith("import ");
    private static final Pattern TYPE =
            Pattern.compile(
                    "(?m)^(?:public |final |abstract |sealed )*(?:class|interface|enum|record)"
                            + " (\\w+)");

    private final Path output;

    SnippetCompiler(Path output) {
        this.output = output;
    }

    /** Compiles a snippet and returns the name of its class. */
    String compile(Snippet snippet) {
        assertThat(snippet.code())
                .as(snippet + " uses what applications cannot see")
                .doesNotContain(".internal.");
        String type = typeOf(snippet);
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled =
                compiler.getTask(
                                messages,
                                null,
                                null,
                                List.of(
                                        "-proc:none",
                                        "-d",
                                        output.toString(),
                                        "-classpath",
                                        classPath()),
                                null,
                                List.of(source(type, unit(snippet))))
                        .call();
        assertThat(compiled).as("%s does not compile:%n%s", snippet, messages).isTrue();
        return type;
    }

    /** Runs the {@code main} method, or the statements, of a compiled snippet. */
    void run(String type) throws Exception {
        URL[] path = {output.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
            Method main = loader.loadClass(type).getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[0]);
        }
    }

    private static String typeOf(Snippet snippet) {
        Matcher matcher = TYPE.matcher(snippet.code());
        return matcher.find() ? matcher.group(1) : "Snippet";
    }

    /** Returns the snippet as a whole file: with imports, class and method where it lacks them. */
    private static String unit(Snippet snippet) {
        String imports = select(snippet, IS_IMPORT);
        String body = select(snippet, IS_IMPORT.negate());
        if (TYPE.matcher(body).find()) {
            return (imports.isEmpty() ? allImports() : imports) + body;
        }
        // An import of its own says which one is meant where several modules have the name.
        String head = allImports() + imports;
        String parameters = snippet.variables().isEmpty() ? "String[] args" : snippet.variables();
        return head
                + "class Snippet {\n  static void main(%s) throws Exception {\n"
                        .formatted(parameters)
                + body
                + "  }\n}\n";
    }

    private static String select(Snippet snippet, Predicate<String> lines) {
        return snippet.code()
                .lines()
                .filter(lines)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String allImports() {
        return Stream.concat(JAVA_PACKAGES.stream(), House.exportedPackages().stream().sorted())
                .map("import %s.*;\n"::formatted)
                .collect(Collectors.joining());
    }

    /** Returns the class path of this test without our own test classes. */
    private static String classPath() {
        String path =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static JavaFileObject source(String type, String text) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + type + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
