package io.github.pbxsdk.pbx;

import io.github.pbxsdk.core.Light;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How everything that is set up is at this moment.
 *
 * @param light the worst of all parts; red where nothing is set up
 * @param parts what was looked at
 */
public record PbxHealth(Light light, List<Part> parts) {

    /** Copies the list. */
    public PbxHealth {
        Objects.requireNonNull(light, "light");
        parts = List.copyOf(parts);
    }

    static PbxHealth of(List<Part> parts) {
        Light worst = parts.stream().map(Part::light).min(Light::compareTo).orElse(Light.RED);
        return new PbxHealth(worst, parts);
    }

    /** Returns the part with this name, if it is set up. */
    public Optional<Part> find(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    /** Returns all parts as one text, a line for each. */
    public String words() {
        return parts.isEmpty()
                ? "nothing is set up"
                : parts.stream().map(Part::toString).collect(Collectors.joining("\n"));
    }

    /** One thing that was looked at. Immutable. */
    public static final class Part {

        private final String name;
        private final Light light;
        private final Instant since;
        private final String detail;
        private final @Nullable Duration latency;

        Part(String name, Light light, Instant since, String detail, @Nullable Duration latency) {
            this.name = name;
            this.light = light;
            this.since = since;
            this.detail = detail;
            this.latency = latency;
        }

        /**
         * Returns what it is: {@code ami}, {@code ari}, {@code sip}, {@code sms}, {@code freepbx},
         * {@code recordings}, or {@code telephones} and {@code trunks} where AMI tells about them;
         * more may come.
         */
        public String name() {
            return name;
        }

        /** Returns how it is, as a colour. */
        public Light light() {
            return light;
        }

        /** Returns since when it is so, as far as this {@link Pbx} has seen. */
        public Instant since() {
            return since;
        }

        /** Returns how it is, in words, and what to do about it where something is wrong. */
        public String detail() {
            return detail;
        }

        /** Returns how long the answer took, where there was one. */
        public Optional<Duration> latency() {
            return Optional.ofNullable(latency);
        }

        @Override
        public String toString() {
            return name + " " + light + ": " + detail;
        }
    }
}
