package io.github.atleastonce.saga;

import io.github.atleastonce.message.Message;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What shows that something has happened in a saga. Compared by identity: one message may be several signs. */
sealed interface Sign {

    /** Names it, for people. */
    String name();

    /** A message that was sent. */
    final class OfMessage implements Sign {

        private final String name;
        private final Predicate<? super Message> is;

        OfMessage(String name, Predicate<? super Message> is) {
            this.name = name;
            this.is = is;
        }

        static OfMessage of(Class<?> type) {
            return new OfMessage(type.getSimpleName(), message -> type.isInstance(message.payload()));
        }

        boolean is(Message message) {
            return is.test(message);
        }

        @Override
        public String name() {
            return name;
        }
    }

    /** A row that is there now. */
    final class OfRow implements Sign {

        private final String name;
        private final Supplier<? extends Collection<?>> ids;

        OfRow(String name, Supplier<? extends Collection<?>> ids) {
            this.name = name;
            this.ids = ids;
        }

        Collection<?> ids() {
            return ids.get();
        }

        @Override
        public String name() {
            return name;
        }
    }
}
