package io.github.pbxsdk.it.lab;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Repeats a class for each version that is installed; skips it if there is none. */
final class OncePerVersion implements ExecutionCondition, ClassTemplateInvocationContextProvider {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Lab lab = Lab.of(context);
        return lab.installed().isEmpty()
                ? ConditionEvaluationResult.disabled(lab.whatIsMissing())
                : ConditionEvaluationResult.enabled("the lab is installed");
    }

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
            ExtensionContext context) {
        Lab lab = Lab.of(context);
        return lab.installed().stream().map(version -> new OneVersion(lab, version));
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
            implements BeforeAllCallback, ParameterResolver, AfterEachCallback {

        /** Started here, so that no test's time contains the start. */
        @Override
        public void beforeAll(ExtensionContext context) {
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
