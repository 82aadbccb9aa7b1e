package io.github.pbxsdk.codegen.ari;

import com.palantir.javapoet.ClassName;
import io.github.pbxsdk.codegen.Entry;
import java.util.List;
import java.util.Optional;

/** An operation of the server, as a method of a group. */
final class Operation {

    private final Surface surface;
    private final Entry data;
    private final List<Parameter> parameters;

    Operation(Surface surface, Entry data) {
        this.surface = surface;
        this.data = data;
        this.parameters =
                data.entries("params").stream()
                        .map(parameter -> new Parameter(surface, parameter))
                        .toList();
    }

    Entry data() {
        return data;
    }

    /** Returns the name in the words of the protocol, such as {@code channels.hangup}. */
    String name() {
        return data.text("resource") + "." + data.text("name");
    }

    String java() {
        return data.find("java").orElse(data.text("name"));
    }

    String group() {
        return data.find("group").orElse(data.text("resource"));
    }

    String method() {
        return data.text("method");
    }

    String path() {
        return data.text("path");
    }

    boolean isRead() {
        return data.text("access").equals("READ");
    }

    /** Tells whether parameters go as members of a JSON body, where nothing has to be escaped. */
    boolean hasBody() {
        return method().equals("POST") || method().equals("PUT");
    }

    Optional<String> since() {
        return data.has("since")
                ? Optional.of(new Since(data.entry("since")).releases())
                : Optional.empty();
    }

    boolean hasRequest() {
        return data.has("request");
    }

    ClassName request() {
        return ClassName.get(Surface.PACKAGE + ".request", data.text("request"));
    }

    /** Returns what the server answers with; {@code void} for nothing. */
    String result() {
        return data.text("result");
    }

    ClassName model(String name) {
        return surface.modelClass(name);
    }

    List<Parameter> parameters() {
        return parameters;
    }

    Parameter inPath(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.isInPath() && parameter.wire().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name() + " has no " + name));
    }

    /** Returns the parameters that the method itself has. */
    List<Parameter> direct() {
        return parameters.stream().filter(p -> p.isInPath() || !hasRequest()).toList();
    }

    /** Returns the parameters that its request has. */
    List<Parameter> requested() {
        return parameters.stream().filter(p -> hasRequest() && !p.isInPath()).toList();
    }
}
