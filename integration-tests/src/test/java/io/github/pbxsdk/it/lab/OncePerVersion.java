package io.github.pbxsdk.it.lab;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** Repeats a class for each version, and skips its tests where that is not installed. */
final class OncePerVersion implements ClassTemplateInvocationContextProvider {

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
            ExtensionContext context) {
        Lab lab = Lab.of(context);
        return Lab.VERSIONS.stream().map(version -> new OneVersion(lab, version));
    }

    private record OneVersion(Lab lab, int version) implements ClassTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return "Asterisk " + version;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Server(lab, version));
        }
    }

    private record Server(Lab lab, int version)
            implements BeforeClassTemplateInvocationCallback, ParameterResolver, AfterEachCallback {

        /** Started here, so that no test's time contains the start. */
        @Override
        public void beforeClassTemplateInvocation(ExtensionContext context) {
            if (!lab.isInstalled(version)) {
                throw new TestAbortedException(lab.whatIsMissing());
            }
            asterisk();
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Asterisk.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return asterisk();
        }

        @Override
        public void afterEach(ExtensionContext context) {
            asterisk().restore();
        }

        private Asterisk asterisk() {
            return lab.server(version);
        }
    }
}
