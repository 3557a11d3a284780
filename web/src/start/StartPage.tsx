import { useEffect, useState } from "react";
import { keepLocale, readLocale, type Locale } from "../lib/locale";
import { Mark } from "./Mark";
import { messages, type Messages } from "./messages";
import { Newest } from "./Newest";

/** What Handover is, what is on sale, and where to go from here. */
export function StartPage() {
  const [locale, setLocale] = useState(readLocale);
  const words = messages[locale];
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = `Handover · ${words.tagline}`;
  }, [locale, words]);

  const choose = (chosen: Locale) => {
    keepLocale(chosen);
    setLocale(chosen);
  };
  return (
    <>
      <header className="top">
        <a className="brand" href="/">
          <Mark /> Handover
        </a>
        <LanguageSwitch label={words.language} locale={locale} choose={choose} />
      </header>
      <main>
        <Hero words={words} />
        <Newest words={words} locale={locale} />
        <Steps words={words} />
        <Demo words={words} />
      </main>
    </>
  );
}

interface LanguageSwitchProps {
  label: string;
  locale: Locale;
  choose: (locale: Locale) => void;
}

function LanguageSwitch({ label, locale, choose }: LanguageSwitchProps) {
  const option = (value: Locale, name: string) => (
    <button
      type="button"
      lang={value}
      aria-pressed={locale === value}
      onClick={() => {
        choose(value);
      }}
    >
      {name}
    </button>
  );
  return (
    <div className="languages" role="group" aria-label={label}>
      {option("zh-CN", "中文")}
      {option("en", "English")}
    </div>
  );
}

function Hero({ words }: { words: Messages }) {
  return (
    <section className="hero">
      <h1>{words.tagline}</h1>
      <p className="lead">{words.lead}</p>
      <p className="actions">
        <a className="button" href="/graphiql">
          {words.graphiql}
        </a>
        <span className="hint">{words.graphiqlHint}</span>
      </p>
    </section>
  );
}

function Steps({ words }: { words: Messages }) {
  return (
    <section>
      <h2>{words.stepsTitle}</h2>
      <ol className="steps">
        {words.steps.map(([title, text]) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Demo({ words }: { words: Messages }) {
  return (
    <section>
      <h2>{words.demoTitle}</h2>
      <div className="panel">
        <p>{words.demoSignIns}</p>
        <p>
          {words.demoGraphiql} <code>{'{ "Authorization": "Bearer …" }'}</code>
        </p>
      </div>
    </section>
  );
}
