<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>Activity</name>
    <message>
      <source>Activity</source>
      <translation>Aktivität</translation>
    </message>
    <message>
      <source>After</source>
      <translation>Nachher</translation>
    </message>
    <message>
      <source>All runs, newest first. Choose one to see what it did.</source>
      <translation>Alle Läufe, die neuesten zuerst. Wählen Sie einen, um zu sehen, was er getan hat.</translation>
    </message>
    <message>
      <source>At</source>
      <translation>Zeit</translation>
    </message>
    <message>
      <source>Audit…</source>
      <translation>Prüfung…</translation>
    </message>
    <message>
      <source>Before</source>
      <translation>Vorher</translation>
    </message>
    <message>
      <source>Began</source>
      <translation>Begonnen</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>Änderungen</translation>
    </message>
    <message>
      <source>Created</source>
      <translation>Neu</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Each run is listed here with what it did.</source>
      <translation>Jeder Lauf steht hier mit dem, was er getan hat.</translation>
    </message>
    <message>
      <source>Each value that was changed, before and after.</source>
      <translation>Jeder geänderte Wert, vorher und nachher.</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Fehler</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Feld</translation>
    </message>
    <message>
      <source>Held</source>
      <translation>Bei Ihnen</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>Hier</translation>
    </message>
    <message>
      <source>In</source>
      <translation>In</translation>
    </message>
    <message>
      <source>Needs a look</source>
      <translation>Bitte ansehen</translation>
    </message>
    <message>
      <source>No changes</source>
      <translation>Keine Änderungen</translation>
    </message>
    <message>
      <source>No run yet</source>
      <translation>Noch kein Lauf</translation>
    </message>
    <message>
      <source>Not finished</source>
      <translation>Nicht beendet</translation>
    </message>
    <message>
      <source>Nothing had changed.</source>
      <translation>Nichts hatte sich geändert.</translation>
    </message>
    <message>
      <source>Numbers and problems</source>
      <translation>Zahlen und Probleme</translation>
    </message>
    <message>
      <source>Outcome</source>
      <translation>Ergebnis</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Datensatz</translation>
    </message>
    <message>
      <source>Rehearsal</source>
      <translation>Probelauf</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>Lauf</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Läufe</translation>
    </message>
    <message>
      <source>Search any name or ID</source>
      <translation>Beliebigen Namen oder ID suchen</translation>
    </message>
    <message>
      <source>This run changed no value. Choose another one, or search for a name or an ID.</source>
      <translation>Dieser Lauf hat keinen Wert geändert. Wählen Sie einen anderen oder suchen Sie einen Namen oder eine ID.</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>Läuft</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Undo for this record</source>
      <translation>Datensatz zurücknehmen</translation>
    </message>
    <message>
      <source>Updated</source>
      <translation>Geändert</translation>
    </message>
    <message>
      <source>What the run did</source>
      <translation>Was der Lauf getan hat</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Warum</translation>
    </message>
  </context>
  <context>
    <name>AnswerAlike</name>
    <message>
      <source>Answer all of this kind</source>
      <translation>Alle dieser Art beantworten</translation>
    </message>
    <message>
      <source>Answer all ticked</source>
      <translation>Alle angehakten beantworten</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Questions</source>
      <translation>Fragen</translation>
    </message>
    <message>
      <source>Untick what should be answered one by one.</source>
      <translation>Haken entfernen, wo einzeln geantwortet werden soll.</translation>
    </message>
    <message>
      <source>“{answer}” is the answer to all questions that are ticked. Each answer can be undone.</source>
      <translation>„{answer}“ ist die Antwort auf alle angehakten Fragen. Jede Antwort lässt sich rückgängig machen.</translation>
    </message>
  </context>
  <context>
    <name>Audit</name>
    <message>
      <source>Audit both sides</source>
      <translation>Beide Seiten prüfen</translation>
    </message>
    <message>
      <source>Cliniko ID</source>
      <translation>Cliniko-ID</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Unterschied</translation>
    </message>
    <message>
      <source>Differences</source>
      <translation>Unterschiede</translation>
    </message>
    <message>
      <source>Each record that differs between Cliniko and HubSpot, and in what.</source>
      <translation>Jeder Datensatz, der sich zwischen Cliniko und HubSpot unterscheidet, und worin.</translation>
    </message>
    <message>
      <source>Everything that is linked is read again on both sides and compared. Nothing is written.</source>
      <translation>Alles Verknüpfte wird auf beiden Seiten neu gelesen und verglichen. Geschrieben wird nichts.</translation>
    </message>
    <message>
      <source>HubSpot ID</source>
      <translation>HubSpot-ID</translation>
    </message>
    <message>
      <source>Last audit: {at}, {checked} records, {differences} differences.</source>
      <translation>Letzte Prüfung: {at}, {checked} Datensätze, {differences} Unterschiede.</translation>
    </message>
    <message>
      <source>No differences known</source>
      <translation>Keine Unterschiede bekannt</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>Fortschritt</translation>
    </message>
    <message>
      <source>Reading both sides…</source>
      <translation>Beide Seiten werden gelesen…</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Datensatz</translation>
    </message>
    <message>
      <source>Start audit</source>
      <translation>Prüfung starten</translation>
    </message>
    <message>
      <source>Sync this record now</source>
      <translation>Diesen Datensatz jetzt abgleichen</translation>
    </message>
    <message>
      <source>This record is read afresh in a moment.</source>
      <translation>Dieser Datensatz wird gleich neu gelesen.</translation>
    </message>
    <message>
      <source>What differs is listed here after the audit.</source>
      <translation>Was abweicht, steht nach der Prüfung hier.</translation>
    </message>
    <message>
      <source>{checked} records compared, {count} differ. Choose one and sync it to put it right.</source>
      <translation>{checked} Datensätze verglichen, {count} weichen ab. Wählen Sie einen und gleichen Sie ihn ab, um ihn zu berichtigen.</translation>
    </message>
    <message>
      <source>{checked} records compared. Both sides agree.</source>
      <translation>{checked} Datensätze verglichen. Beide Seiten stimmen überein.</translation>
    </message>
  </context>
  <context>
    <name>ByName</name>
    <message>
      <source>By e-mail address, as usual</source>
      <translation>Wie üblich über die E-Mail-Adresse</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Choose</source>
      <translation>Auswählen</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>Filter</translation>
    </message>
    <message>
      <source>Nobody</source>
      <translation>Niemand</translation>
    </message>
    <message>
      <source>Nothing ticked means all.</source>
      <translation>Nichts angekreuzt bedeutet alle.</translation>
    </message>
    <message>
      <source>Nothing was found to choose from. Perhaps the key may not read it.</source>
      <translation>Es wurde nichts zum Auswählen gefunden. Vielleicht darf der Schlüssel es nicht lesen.</translation>
    </message>
  </context>
  <context>
    <name>Chart</name>
    <message>
      <source>Days with problems: {days}.</source>
      <translation>Tage mit Problemen: {days}.</translation>
    </message>
    <message>
      <source>Items and problems over the last 14 days</source>
      <translation>Datensätze und Probleme der letzten 14 Tage</translation>
    </message>
    <message>
      <source>Items: {items}, problems: {problems}.</source>
      <translation>Datensätze: {items}, Probleme: {problems}.</translation>
    </message>
    <message>
      <source>Nothing was synced in the last 14 days.</source>
      <translation>In den letzten 14 Tagen wurde nichts abgeglichen.</translation>
    </message>
  </context>
  <context>
    <name>Choices</name>
    <message>
      <source>0-6d</source>
      <translation>0–6 Tage</translation>
    </message>
    <message>
      <source>1-2y</source>
      <translation>1–2 Jahre</translation>
    </message>
    <message>
      <source>14-29d</source>
      <translation>14–29 Tage</translation>
    </message>
    <message>
      <source>180-364d</source>
      <translation>180–364 Tage</translation>
    </message>
    <message>
      <source>2y+</source>
      <translation>über 2 Jahre</translation>
    </message>
    <message>
      <source>30-59d</source>
      <translation>30–59 Tage</translation>
    </message>
    <message>
      <source>3rd party payer</source>
      <translation>Kostenträger</translation>
    </message>
    <message>
      <source>60-89d</source>
      <translation>60–89 Tage</translation>
    </message>
    <message>
      <source>7-13d</source>
      <translation>7–13 Tage</translation>
    </message>
    <message>
      <source>90-179d</source>
      <translation>90–179 Tage</translation>
    </message>
    <message>
      <source>Arrived</source>
      <translation>Angekommen</translation>
    </message>
    <message>
      <source>Attended</source>
      <translation>Wahrgenommen</translation>
    </message>
    <message>
      <source>Away</source>
      <translation>Verreist</translation>
    </message>
    <message>
      <source>Booked</source>
      <translation>Gebucht</translation>
    </message>
    <message>
      <source>COVID-19 related</source>
      <translation>Wegen COVID-19</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>Abgesagt</translation>
    </message>
    <message>
      <source>Cliniko appointments</source>
      <translation>Cliniko appointments</translation>
    </message>
    <message>
      <source>Cliniko invoices</source>
      <translation>Cliniko invoices</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>Abgeschlossen</translation>
    </message>
    <message>
      <source>Condition worse</source>
      <translation>Zustand schlechter</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Kontakt</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>Gutschrift</translation>
    </message>
    <message>
      <source>Did not arrive</source>
      <translation>Nicht erschienen</translation>
    </message>
    <message>
      <source>Doctor</source>
      <translation>Arztpraxis</translation>
    </message>
    <message>
      <source>Email</source>
      <translation>E-Mail</translation>
    </message>
    <message>
      <source>Feeling better</source>
      <translation>Geht besser</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Nein</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Keine</translation>
    </message>
    <message>
      <source>Not marked</source>
      <translation>Nicht vermerkt</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Offen</translation>
    </message>
    <message>
      <source>Other</source>
      <translation>Anderes</translation>
    </message>
    <message>
      <source>Paid</source>
      <translation>Bezahlt</translation>
    </message>
    <message>
      <source>Patient</source>
      <translation>Patient</translation>
    </message>
    <message>
      <source>Removed</source>
      <translation>Entfernt</translation>
    </message>
    <message>
      <source>SMS</source>
      <translation>SMS</translation>
    </message>
    <message>
      <source>SMS &amp; Email</source>
      <translation>SMS und E-Mail</translation>
    </message>
    <message>
      <source>Sick</source>
      <translation>Krank</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>Standard</translation>
    </message>
    <message>
      <source>Work</source>
      <translation>Arbeit</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Ja</translation>
    </message>
    <message>
      <source>accepted</source>
      <translation>angenommen</translation>
    </message>
    <message>
      <source>active</source>
      <translation>aktiv</translation>
    </message>
    <message>
      <source>adopted</source>
      <translation>übernommen</translation>
    </message>
    <message>
      <source>archived</source>
      <translation>archiviert</translation>
    </message>
    <message>
      <source>arrived</source>
      <translation>angekommen</translation>
    </message>
    <message>
      <source>attended</source>
      <translation>wahrgenommen</translation>
    </message>
    <message>
      <source>booked</source>
      <translation>gebucht</translation>
    </message>
    <message>
      <source>both</source>
      <translation>beides</translation>
    </message>
    <message>
      <source>cancelled</source>
      <translation>abgesagt</translation>
    </message>
    <message>
      <source>closed</source>
      <translation>abgeschlossen</translation>
    </message>
    <message>
      <source>contact</source>
      <translation>Kontakt</translation>
    </message>
    <message>
      <source>created</source>
      <translation>angelegt</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>gelöscht</translation>
    </message>
    <message>
      <source>did not arrive</source>
      <translation>nicht erschienen</translation>
    </message>
    <message>
      <source>dob name</source>
      <translation>Geburtstag und Name</translation>
    </message>
    <message>
      <source>dva</source>
      <translation>DVA</translation>
    </message>
    <message>
      <source>email name</source>
      <translation>E-Mail und Name</translation>
    </message>
    <message>
      <source>enquiry</source>
      <translation>Anfrage</translation>
    </message>
    <message>
      <source>first booked</source>
      <translation>erster Termin gebucht</translation>
    </message>
    <message>
      <source>general practitioner</source>
      <translation>Hausarztpraxis</translation>
    </message>
    <message>
      <source>id</source>
      <translation>ID</translation>
    </message>
    <message>
      <source>imported</source>
      <translation>importiert</translation>
    </message>
    <message>
      <source>inactive</source>
      <translation>inaktiv</translation>
    </message>
    <message>
      <source>lapsed</source>
      <translation>abgewandert</translation>
    </message>
    <message>
      <source>manual</source>
      <translation>von Hand</translation>
    </message>
    <message>
      <source>medicare</source>
      <translation>Medicare</translation>
    </message>
    <message>
      <source>merged</source>
      <translation>zusammengeführt</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nie</translation>
    </message>
    <message>
      <source>new</source>
      <translation>neu</translation>
    </message>
    <message>
      <source>no</source>
      <translation>nein</translation>
    </message>
    <message>
      <source>no response</source>
      <translation>keine Antwort</translation>
    </message>
    <message>
      <source>none</source>
      <translation>keine</translation>
    </message>
    <message>
      <source>not asked</source>
      <translation>nicht gefragt</translation>
    </message>
    <message>
      <source>not marked</source>
      <translation>nicht vermerkt</translation>
    </message>
    <message>
      <source>open</source>
      <translation>offen</translation>
    </message>
    <message>
      <source>open credit</source>
      <translation>offene Gutschrift</translation>
    </message>
    <message>
      <source>paid</source>
      <translation>bezahlt</translation>
    </message>
    <message>
      <source>patient</source>
      <translation>Patient</translation>
    </message>
    <message>
      <source>phone name</source>
      <translation>Telefon und Name</translation>
    </message>
    <message>
      <source>rebuilt</source>
      <translation>wiedergefunden</translation>
    </message>
    <message>
      <source>rejected</source>
      <translation>abgelehnt</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>entfernt</translation>
    </message>
    <message>
      <source>specialist</source>
      <translation>Facharztpraxis</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>ja</translation>
    </message>
  </context>
  <context>
    <name>ChoicesStep</name>
    <message>
      <source>About you</source>
      <translation>Über Sie</translation>
    </message>
    <message>
      <source>Amounts: from appointments or from invoices</source>
      <translation>Beträge: aus Terminen oder aus Rechnungen</translation>
    </message>
    <message>
      <source>Appointments</source>
      <translation>Termine</translation>
    </message>
    <message>
      <source>Appointments, amounts and owners</source>
      <translation>Termine, Beträge und Zuständige</translation>
    </message>
    <message>
      <source>Both count the same revenue</source>
      <translation>Beides zählt denselben Umsatz</translation>
    </message>
    <message>
      <source>Owners</source>
      <translation>Zuständige</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>Datenschutz</translation>
    </message>
    <message>
      <source>Switch on anyway</source>
      <translation>Trotzdem einschalten</translation>
    </message>
    <message>
      <source>What is synced</source>
      <translation>Was abgeglichen wird</translation>
    </message>
    <message>
      <source>What to sync, and how much HubSpot may know</source>
      <translation>Was abgeglichen wird und wie viel HubSpot wissen darf</translation>
    </message>
  </context>
  <context>
    <name>Columns</name>
    <message>
      <source>Accepted the privacy policy</source>
      <translation>Datenschutzerklärung angenommen</translation>
    </message>
    <message>
      <source>Accepts SMS marketing</source>
      <translation>SMS-Marketing erlaubt</translation>
    </message>
    <message>
      <source>Accepts e-mail marketing</source>
      <translation>E-Mail-Marketing erlaubt</translation>
    </message>
    <message>
      <source>Account credit (not used)</source>
      <translation>Guthaben (nicht verwendet)</translation>
    </message>
    <message>
      <source>Address, line 1</source>
      <translation>Adresse, Zeile 1</translation>
    </message>
    <message>
      <source>Address, line 2</source>
      <translation>Adresse, Zeile 2</translation>
    </message>
    <message>
      <source>Address, line 3</source>
      <translation>Adresse, Zeile 3</translation>
    </message>
    <message>
      <source>Appointment ID</source>
      <translation>Termin-ID</translation>
    </message>
    <message>
      <source>Appointment type</source>
      <translation>Terminart</translation>
    </message>
    <message>
      <source>Appointment type ID</source>
      <translation>ID der Terminart</translation>
    </message>
    <message>
      <source>Archived</source>
      <translation>Archiviert</translation>
    </message>
    <message>
      <source>Arrived</source>
      <translation>Angekommen</translation>
    </message>
    <message>
      <source>Attendance</source>
      <translation>Anwesenheit</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>Abgesagt</translation>
    </message>
    <message>
      <source>Category</source>
      <translation>Kategorie</translation>
    </message>
    <message>
      <source>City or suburb</source>
      <translation>Ort oder Stadtteil</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Spalten</translation>
    </message>
    <message>
      <source>Concession type</source>
      <translation>Art der Ermäßigung</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>Land</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation>Ländercode</translation>
    </message>
    <message>
      <source>Created</source>
      <translation>Angelegt</translation>
    </message>
    <message>
      <source>Date of birth</source>
      <translation>Geburtsdatum</translation>
    </message>
    <message>
      <source>Day alone</source>
      <translation>Nur der Tag</translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>Gelöscht</translation>
    </message>
    <message>
      <source>Did not arrive</source>
      <translation>Nicht erschienen</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>E-Mail</translation>
    </message>
    <message>
      <source>E-mail reminder sent</source>
      <translation>E-Mail-Erinnerung gesendet</translation>
    </message>
    <message>
      <source>End</source>
      <translation>Ende</translation>
    </message>
    <message>
      <source>Fax</source>
      <translation>Fax</translation>
    </message>
    <message>
      <source>First name</source>
      <translation>Vorname</translation>
    </message>
    <message>
      <source>Full name</source>
      <translation>Vollständiger Name</translation>
    </message>
    <message>
      <source>Further columns that are not used: {count}</source>
      <translation>Weitere Spalten, die nicht verwendet werden: {count}</translation>
    </message>
    <message>
      <source>Gender identity</source>
      <translation>Geschlechtsidentität</translation>
    </message>
    <message>
      <source>Heading in the file</source>
      <translation>Überschrift in der Datei</translation>
    </message>
    <message>
      <source>Home phone</source>
      <translation>Telefon privat</translation>
    </message>
    <message>
      <source>Invoice ID (not used)</source>
      <translation>Rechnungs-ID (nicht verwendet)</translation>
    </message>
    <message>
      <source>Is taken for</source>
      <translation>Gilt als</translation>
    </message>
    <message>
      <source>Its first values</source>
      <translation>Erste Werte</translation>
    </message>
    <message>
      <source>Last appointment (not used)</source>
      <translation>Letzter Termin (nicht verwendet)</translation>
    </message>
    <message>
      <source>Last name</source>
      <translation>Nachname</translation>
    </message>
    <message>
      <source>Last updated</source>
      <translation>Zuletzt geändert</translation>
    </message>
    <message>
      <source>Length in minutes</source>
      <translation>Dauer in Minuten</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Standort</translation>
    </message>
    <message>
      <source>Location ID</source>
      <translation>ID des Standorts</translation>
    </message>
    <message>
      <source>Mobile phone</source>
      <translation>Mobiltelefon</translation>
    </message>
    <message>
      <source>Most patients</source>
      <translation>Höchstzahl an Patienten</translation>
    </message>
    <message>
      <source>Next appointment (not used)</source>
      <translation>Nächster Termin (nicht verwendet)</translation>
    </message>
    <message>
      <source>Not used</source>
      <translation>Nicht verwendet</translation>
    </message>
    <message>
      <source>Note on the cancellation (never sent)</source>
      <translation>Notiz zur Absage (wird nie gesendet)</translation>
    </message>
    <message>
      <source>Notes (never sent)</source>
      <translation>Notizen (werden nie gesendet)</translation>
    </message>
    <message>
      <source>Number of cancellations (not used)</source>
      <translation>Zahl der Absagen (nicht verwendet)</translation>
    </message>
    <message>
      <source>Number of patients (not used)</source>
      <translation>Zahl der Patienten (nicht verwendet)</translation>
    </message>
    <message>
      <source>Occupation</source>
      <translation>Beruf</translation>
    </message>
    <message>
      <source>Other phone</source>
      <translation>Weiteres Telefon</translation>
    </message>
    <message>
      <source>Patient ID</source>
      <translation>Patienten-ID</translation>
    </message>
    <message>
      <source>Patient ID, one or several</source>
      <translation>Patienten-ID, eine oder mehrere</translation>
    </message>
    <message>
      <source>Patient's e-mail</source>
      <translation>E-Mail des Patienten</translation>
    </message>
    <message>
      <source>Patient's first name</source>
      <translation>Vorname des Patienten</translation>
    </message>
    <message>
      <source>Patient's last name</source>
      <translation>Nachname des Patienten</translation>
    </message>
    <message>
      <source>Patient's name</source>
      <translation>Name des Patienten</translation>
    </message>
    <message>
      <source>Phone numbers of any kind</source>
      <translation>Telefonnummern jeder Art</translation>
    </message>
    <message>
      <source>Post code</source>
      <translation>Postleitzahl</translation>
    </message>
    <message>
      <source>Practitioner</source>
      <translation>Behandelnde Person</translation>
    </message>
    <message>
      <source>Practitioner ID</source>
      <translation>ID der behandelnden Person</translation>
    </message>
    <message>
      <source>Preferred first name</source>
      <translation>Rufname</translation>
    </message>
    <message>
      <source>Pronouns</source>
      <translation>Pronomen</translation>
    </message>
    <message>
      <source>Reason of the cancellation</source>
      <translation>Grund der Absage</translation>
    </message>
    <message>
      <source>Receives confirmation e-mails</source>
      <translation>Erhält Bestätigungen per E-Mail</translation>
    </message>
    <message>
      <source>Reference number</source>
      <translation>Aktenzeichen</translation>
    </message>
    <message>
      <source>Referral source</source>
      <translation>Empfehlungsquelle</translation>
    </message>
    <message>
      <source>Referring doctor</source>
      <translation>Überweisende Person</translation>
    </message>
    <message>
      <source>Reminder type</source>
      <translation>Art der Erinnerung</translation>
    </message>
    <message>
      <source>SMS reminder sent</source>
      <translation>SMS-Erinnerung gesendet</translation>
    </message>
    <message>
      <source>Sex</source>
      <translation>Geschlecht</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Beginn</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Bundesstaat</translation>
    </message>
    <message>
      <source>State of treatment notes (never sent)</source>
      <translation>Stand der Behandlungsnotizen (wird nie gesendet)</translation>
    </message>
    <message>
      <source>Time zone</source>
      <translation>Zeitzone</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>Titel</translation>
    </message>
    <message>
      <source>Unsubscribed from SMS marketing</source>
      <translation>Von SMS-Marketing abgemeldet</translation>
    </message>
    <message>
      <source>Unsubscribed from e-mail marketing</source>
      <translation>Von E-Mail-Marketing abgemeldet</translation>
    </message>
    <message>
      <source>Work phone</source>
      <translation>Telefon geschäftlich</translation>
    </message>
  </context>
  <context>
    <name>Confirm</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
  </context>
  <context>
    <name>Connections</name>
    <message>
      <source>Clinic: {name}</source>
      <translation>Praxis: {name}</translation>
    </message>
    <message>
      <source>Cliniko API key</source>
      <translation>Cliniko-API-Schlüssel</translation>
    </message>
    <message>
      <source>Forget key</source>
      <translation>Schlüssel vergessen</translation>
    </message>
    <message>
      <source>Forget this key?</source>
      <translation>Diesen Schlüssel vergessen?</translation>
    </message>
    <message>
      <source>HubSpot service key</source>
      <translation>HubSpot-Dienstschlüssel</translation>
    </message>
    <message>
      <source>In Cliniko: My Info, Manage API keys. The end of the key says where your account is.</source>
      <translation>In Cliniko: My Info, Manage API keys. Das Ende des Schlüssels zeigt, wo Ihr Konto liegt.</translation>
    </message>
    <message>
      <source>In HubSpot: Settings, Integrations. Every right that is missing is named by the test.</source>
      <translation>In HubSpot: Einstellungen, Integrationen. Der Test nennt jedes Recht, das fehlt.</translation>
    </message>
    <message>
      <source>Keep for this session</source>
      <translation>Für diese Sitzung behalten</translation>
    </message>
    <message>
      <source>No password store</source>
      <translation>Kein Passwortspeicher</translation>
    </message>
    <message>
      <source>Portal: {name}</source>
      <translation>Portal: {name}</translation>
    </message>
    <message>
      <source>Syncing stops until a key is set again. Local data stays. This cannot be undone.</source>
      <translation>Der Abgleich hält an, bis wieder ein Schlüssel gesetzt ist. Die Daten auf diesem Computer bleiben. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
      <source>{what} The key can be kept in memory until ClinicBridge ends; it is never written to a file.</source>
      <translation>{what} Der Schlüssel kann im Arbeitsspeicher bleiben, bis ClinicBridge endet; er wird nie in eine Datei geschrieben.</translation>
    </message>
  </context>
  <context>
    <name>ContactChoice</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Choose</source>
      <translation>Auswählen</translation>
    </message>
    <message>
      <source>Choose a HubSpot contact</source>
      <translation>HubSpot-Kontakt auswählen</translation>
    </message>
    <message>
      <source>Contacts found</source>
      <translation>Gefundene Kontakte</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>E-Mail</translation>
    </message>
    <message>
      <source>HubSpot ID</source>
      <translation>HubSpot-ID</translation>
    </message>
    <message>
      <source>HubSpot contact</source>
      <translation>HubSpot-Kontakt</translation>
    </message>
    <message>
      <source>HubSpot contacts that fit what was typed. Choose the one that is meant.</source>
      <translation>HubSpot-Kontakte, die zur Eingabe passen. Wählen Sie den gemeinten.</translation>
    </message>
    <message>
      <source>Linked to</source>
      <translation>Verknüpft mit</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Name, e-mail, phone, ID or web address in HubSpot</source>
      <translation>Name, E-Mail, Telefon, ID oder Webadresse in HubSpot</translation>
    </message>
    <message>
      <source>Nobody found</source>
      <translation>Niemand gefunden</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>Telefon</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>Searching HubSpot…</source>
      <translation>HubSpot wird durchsucht…</translation>
    </message>
    <message>
      <source>Try a part of the name. A contact made just now takes some seconds to appear.</source>
      <translation>Versuchen Sie es mit einem Teil des Namens. Ein eben angelegter Kontakt erscheint erst nach einigen Sekunden.</translation>
    </message>
    <message>
      <source>Type a part of the name and press Search: the contacts found are listed here.</source>
      <translation>Geben Sie einen Teil des Namens ein und drücken Sie „Suchen“: Die gefundenen Kontakte stehen dann hier.</translation>
    </message>
    <message>
      <source>Which HubSpot contact is it? Nothing happens before you give the answer.</source>
      <translation>Welcher HubSpot-Kontakt ist es? Vor Ihrer Antwort geschieht nichts.</translation>
    </message>
    <message>
      <source>nobody</source>
      <translation>niemandem</translation>
    </message>
    <message>
      <source>{shown} of {total} are shown; type more to narrow it down.</source>
      <translation>{shown} von {total} werden gezeigt; mehr eingeben engt die Suche ein.</translation>
    </message>
  </context>
  <context>
    <name>Core</name>
    <message>
      <source>--{word} takes an id made of digits.</source>
      <translation>--{word} nimmt eine ID aus Ziffern.</translation>
    </message>
    <message>
      <source>A choice of ‘{property}’ has another label.</source>
      <translation>Eine Auswahl von „{property}“ hat eine andere Beschriftung.</translation>
    </message>
    <message>
      <source>A deal was moved to another pipeline; it keeps its data and gets no stage any more.</source>
      <translation>Ein Deal wurde in eine andere Pipeline verschoben; er behält seine Daten und bekommt keine Phase mehr.</translation>
    </message>
    <message>
      <source>A port is taken or not allowed.</source>
      <translation>Ein Port ist belegt oder nicht erlaubt.</translation>
    </message>
    <message>
      <source>A record from Cliniko could not be read.</source>
      <translation>Ein Datensatz aus Cliniko war nicht lesbar.</translation>
    </message>
    <message>
      <source>A rehearsal writes nothing to take back.</source>
      <translation>Ein Probelauf schreibt nichts, was man zurücknehmen könnte.</translation>
    </message>
    <message>
      <source>A row of the file is far too long; a quotation mark may never be closed.</source>
      <translation>Eine Zeile der Datei ist viel zu lang; vielleicht fehlt ein schließendes Anführungszeichen.</translation>
    </message>
    <message>
      <source>A shared database is restored on its server.</source>
      <translation>Eine gemeinsame Datenbank wird auf ihrem Server wiederhergestellt.</translation>
    </message>
    <message>
      <source>A shared database needs the Python package psycopg, which is not on this computer.</source>
      <translation>Eine gemeinsame Datenbank braucht das Python-Paket psycopg, das auf diesem Computer fehlt.</translation>
    </message>
    <message>
      <source>A window can open.</source>
      <translation>Ein Fenster kann sich öffnen.</translation>
    </message>
    <message>
      <source>Accepted: a clinic without a name.</source>
      <translation>Angenommen: eine Praxis ohne Namen.</translation>
    </message>
    <message>
      <source>Accepted: portal {portal}.</source>
      <translation>Angenommen: Portal {portal}.</translation>
    </message>
    <message>
      <source>Accepted: {name}.</source>
      <translation>Angenommen: {name}.</translation>
    </message>
    <message>
      <source>All settings can be used.</source>
      <translation>Alle Einstellungen sind brauchbar.</translation>
    </message>
    <message>
      <source>All {count} needed lists may be read.</source>
      <translation>Alle {count} nötigen Listen dürfen gelesen werden.</translation>
    </message>
    <message>
      <source>All {count} needed scopes are granted.</source>
      <translation>Alle {count} nötigen Rechte sind erteilt.</translation>
    </message>
    <message>
      <source>Allow your user to read and write in the data folder, and see that the disk has room.</source>
      <translation>Erlauben Sie Ihrem Benutzer, im Datenordner zu lesen und zu schreiben, und sorgen Sie für Platz auf der Festplatte.</translation>
    </message>
    <message>
      <source>Allow your user to read and write in the data folder, then start ClinicBridge again.</source>
      <translation>Erlauben Sie Ihrem Benutzer, im Datenordner zu lesen und zu schreiben, und starten Sie ClinicBridge neu.</translation>
    </message>
    <message>
      <source>An invoice from Cliniko could not be read.</source>
      <translation>Eine Rechnung aus Cliniko war nicht lesbar.</translation>
    </message>
    <message>
      <source>Another program holds the local data of ClinicBridge and does not let go of it.</source>
      <translation>Ein anderes Programm hält die Daten von ClinicBridge fest und gibt sie nicht frei.</translation>
    </message>
    <message>
      <source>Another tool keeps ‘{name}’ as a number, which cannot hold long ids.</source>
      <translation>Ein anderes Werkzeug führt ‚{name}‘ als Zahl, und eine Zahl fasst lange IDs nicht.</translation>
    </message>
    <message>
      <source>Answer to a question</source>
      <translation>Antwort auf eine Frage</translation>
    </message>
    <message>
      <source>Ask whoever keeps the database server.</source>
      <translation>Wenden Sie sich an die Person, die den Datenbankserver betreut.</translation>
    </message>
    <message>
      <source>Check the disk, then restore the last backup from the data folder if needed.</source>
      <translation>Prüfen Sie die Festplatte und stellen Sie, wenn nötig, die letzte Sicherung aus dem Datenordner wieder her.</translation>
    </message>
    <message>
      <source>Check the id, or let a sync read it first.</source>
      <translation>Prüfen Sie die ID oder lassen Sie erst einen Abgleich laufen.</translation>
    </message>
    <message>
      <source>Check the network and the database server; ClinicBridge goes on once it answers.</source>
      <translation>Prüfen Sie Netzwerk und Datenbankserver; sobald er antwortet, macht ClinicBridge weiter.</translation>
    </message>
    <message>
      <source>Check the user, the database's name and the password (Settings, This PC; or: keys set database).</source>
      <translation>Prüfen Sie Benutzer, Datenbankname und Passwort (Einstellungen, Dieser PC).</translation>
    </message>
    <message>
      <source>Choose another data folder, or another database.</source>
      <translation>Wählen Sie einen anderen Datenordner oder eine andere Datenbank.</translation>
    </message>
    <message>
      <source>Choose another file, from the backups in the data folder.</source>
      <translation>Wählen Sie eine andere Datei aus den Sicherungen im Datenordner.</translation>
    </message>
    <message>
      <source>Choose another folder or name.</source>
      <translation>Wählen Sie einen anderen Ordner oder Namen.</translation>
    </message>
    <message>
      <source>Choose another folder, or close the file in other programs.</source>
      <translation>Wählen Sie einen anderen Ordner oder schließen Sie die Datei in anderen Programmen.</translation>
    </message>
    <message>
      <source>Choose another port, or 0 for any free one.</source>
      <translation>Wählen Sie einen anderen Port oder 0 für irgendeinen freien.</translation>
    </message>
    <message>
      <source>ClinicBridge did not make it and leaves it alone: delete it in HubSpot, then repair.</source>
      <translation>ClinicBridge hat sie nicht angelegt und rührt sie nicht an: Löschen Sie sie in HubSpot und drücken Sie dann „Reparieren“.</translation>
    </message>
    <message>
      <source>ClinicBridge may not open or change its local data.</source>
      <translation>ClinicBridge darf seine Daten auf diesem Computer nicht öffnen oder ändern.</translation>
    </message>
    <message>
      <source>ClinicBridge may not write in its data folder.</source>
      <translation>ClinicBridge darf in seinem Datenordner nicht schreiben.</translation>
    </message>
    <message>
      <source>ClinicBridge reads short ids from it and writes nothing to it.</source>
      <translation>ClinicBridge liest kurze IDs daraus und schreibt nichts hinein.</translation>
    </message>
    <message>
      <source>Cliniko answers.</source>
      <translation>Cliniko antwortet.</translation>
    </message>
    <message>
      <source>Cliniko contact</source>
      <translation>Cliniko-Kontakt</translation>
    </message>
    <message>
      <source>Cliniko did not accept a change requested in HubSpot.</source>
      <translation>Cliniko hat eine in HubSpot gewünschte Änderung nicht angenommen.</translation>
    </message>
    <message>
      <source>Cliniko did not accept the change.</source>
      <translation>Cliniko hat die Änderung nicht angenommen.</translation>
    </message>
    <message>
      <source>Cliniko did not accept the change: {reasons}.</source>
      <translation>Cliniko hat die Änderung nicht angenommen: {reasons}.</translation>
    </message>
    <message>
      <source>Cliniko did not take the answer about consent ({status}).</source>
      <translation>Cliniko hat die Antwort zur Einwilligung nicht angenommen ({status}).</translation>
    </message>
    <message>
      <source>Cliniko needs a first and a last name.</source>
      <translation>Cliniko braucht einen Vor- und einen Nachnamen.</translation>
    </message>
    <message>
      <source>Cliniko no longer has this appointment.</source>
      <translation>Cliniko hat diesen Termin nicht mehr.</translation>
    </message>
    <message>
      <source>Cliniko no longer has this record.</source>
      <translation>Cliniko hat diesen Datensatz nicht mehr.</translation>
    </message>
    <message>
      <source>Cliniko says another state than the deal.</source>
      <translation>Cliniko nennt einen anderen Stand als der Deal.</translation>
    </message>
    <message>
      <source>Cliniko says another status than the deal.</source>
      <translation>Cliniko nennt einen anderen Status als der Deal.</translation>
    </message>
    <message>
      <source>Cliniko suddenly says that far too many records are gone. Nothing was done; see Needs you.</source>
      <translation>Cliniko meldet plötzlich, dass viel zu viele Datensätze weg sind. Es wurde nichts getan; siehe „Zu klären“.</translation>
    </message>
    <message>
      <source>Close it in other programs, check that you may open it, and try again.</source>
      <translation>Schließen Sie sie in anderen Programmen, prüfen Sie, ob Sie sie öffnen dürfen, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <source>Close it in other programs, check the free space, and try again.</source>
      <translation>Schließen Sie ihn in anderen Programmen, prüfen Sie den freien Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <source>Close other copies of ClinicBridge and try again.</source>
      <translation>Schließen Sie andere ClinicBridge-Fenster und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <source>Close other copies of ClinicBridge, backup or virus tools working in the data folder, then try again.</source>
      <translation>Schließen Sie andere ClinicBridge-Fenster sowie Sicherungs- oder Virenprogramme, die im Datenordner arbeiten, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Kontakt</translation>
    </message>
    <message>
      <source>Contacts get only the ten properties that the sync itself needs; the HubSpot plan is full.</source>
      <translation>Kontakte bekommen nur die zehn Eigenschaften, die der Abgleich selbst braucht; der HubSpot-Tarif ist ausgeschöpft.</translation>
    </message>
    <message>
      <source>Contacts get the compact set of properties, because the HubSpot plan has too few free ones.</source>
      <translation>Kontakte bekommen die knappe Auswahl an Eigenschaften, weil der HubSpot-Tarif zu wenige freie hat.</translation>
    </message>
    <message>
      <source>Deals get the compact set of properties, because the HubSpot plan has too few free ones.</source>
      <translation>Deals bekommen die knappe Auswahl an Eigenschaften, weil der HubSpot-Tarif zu wenige freie hat.</translation>
    </message>
    <message>
      <source>Delete it to work with the data on this computer, or set the shared database anew.</source>
      <translation>Löschen Sie sie, um mit den Daten auf diesem Computer zu arbeiten, oder stellen Sie die gemeinsame Datenbank neu ein.</translation>
    </message>
    <message>
      <source>Delete the property in HubSpot, then repair.</source>
      <translation>Löschen Sie die Eigenschaft in HubSpot und drücken Sie dann „Reparieren“.</translation>
    </message>
    <message>
      <source>Did you mean {word}?</source>
      <translation>Meinten Sie {word}?</translation>
    </message>
    <message>
      <source>Do not sync</source>
      <translation>Nicht abgleichen</translation>
    </message>
    <message>
      <source>Everything waits until the question about another program is answered.</source>
      <translation>Alles wartet, bis die Frage nach dem anderen Programm beantwortet ist.</translation>
    </message>
    <message>
      <source>Export it from Cliniko again, or open it in a spreadsheet and save it as CSV UTF-8.</source>
      <translation>Exportieren Sie sie noch einmal aus Cliniko, oder öffnen Sie sie in einer Tabellenkalkulation und speichern Sie sie als CSV UTF-8.</translation>
    </message>
    <message>
      <source>Fields are: {fields}.</source>
      <translation>Felder sind: {fields}.</translation>
    </message>
    <message>
      <source>Free some space on the disk that holds the data folder; then everything goes on by itself.</source>
      <translation>Schaffen Sie Platz auf der Festplatte mit dem Datenordner; dann geht alles von selbst weiter.</translation>
    </message>
    <message>
      <source>Give the key this right and test it under Settings, Connections.</source>
      <translation>Geben Sie dem Schlüssel dieses Recht und testen Sie ihn unter Einstellungen, Verbindungen.</translation>
    </message>
    <message>
      <source>Holder of an inbox</source>
      <translation>Inhaber eines Postfachs</translation>
    </message>
    <message>
      <source>HubSpot answers.</source>
      <translation>HubSpot antwortet.</translation>
    </message>
    <message>
      <source>HubSpot did not accept that a contact is shown as on hold.</source>
      <translation>HubSpot hat nicht angenommen, dass ein Kontakt als ausgenommen gezeigt wird.</translation>
    </message>
    <message>
      <source>HubSpot did not accept the answer to a request.</source>
      <translation>HubSpot hat die Antwort auf eine Anfrage nicht angenommen.</translation>
    </message>
    <message>
      <source>HubSpot did not accept the unlinking.</source>
      <translation>HubSpot hat das Trennen nicht angenommen.</translation>
    </message>
    <message>
      <source>HubSpot did not accept: {labels}.</source>
      <translation>HubSpot hat nicht angenommen: {labels}.</translation>
    </message>
    <message>
      <source>HubSpot did not create the property {name} ({code}).</source>
      <translation>HubSpot hat die Eigenschaft {name} nicht angelegt ({code}).</translation>
    </message>
    <message>
      <source>HubSpot did not let go of the address.</source>
      <translation>HubSpot hat die Adresse nicht freigegeben.</translation>
    </message>
    <message>
      <source>HubSpot did not link some deals to their contacts.</source>
      <translation>HubSpot hat einige Deals nicht mit ihren Kontakten verknüpft.</translation>
    </message>
    <message>
      <source>HubSpot did not merge the two contacts ({status}).</source>
      <translation>HubSpot hat die beiden Kontakte nicht zusammengeführt ({status}).</translation>
    </message>
    <message>
      <source>HubSpot did not move a deal.</source>
      <translation>HubSpot hat einen Deal nicht umgehängt.</translation>
    </message>
    <message>
      <source>HubSpot did not move some deals.</source>
      <translation>HubSpot hat einige Deals nicht umgehängt.</translation>
    </message>
    <message>
      <source>HubSpot does not tell whether the key has {scopes}. The first run finds out.</source>
      <translation>HubSpot sagt nicht, ob der Schlüssel {scopes} hat. Der erste Lauf zeigt es.</translation>
    </message>
    <message>
      <source>HubSpot has no contact with this number.</source>
      <translation>HubSpot hat keinen Kontakt mit dieser Nummer.</translation>
    </message>
    <message>
      <source>HubSpot no longer accepts some properties.</source>
      <translation>HubSpot nimmt einige Eigenschaften nicht mehr an.</translation>
    </message>
    <message>
      <source>HubSpot no longer accepts some properties; the import stopped.</source>
      <translation>HubSpot nimmt einige Eigenschaften nicht mehr an; der Import wurde angehalten.</translation>
    </message>
    <message>
      <source>HubSpot's set-up is not as it should be; nothing was imported.</source>
      <translation>Die HubSpot-Einrichtung ist nicht, wie sie sein soll; es wurde nichts importiert.</translation>
    </message>
    <message>
      <source>If one does, name it in the mapping: {example}.</source>
      <translation>Wenn doch, nennen Sie sie in der Zuordnung: {example}.</translation>
    </message>
    <message>
      <source>If you want that, say so with --yes.</source>
      <translation>Wenn Sie das möchten, bestätigen Sie es mit --yes.</translation>
    </message>
    <message>
      <source>Import it as {kind}.</source>
      <translation>Importieren Sie sie als {kind}.</translation>
    </message>
    <message>
      <source>In the clinic's country it is usually {order}.</source>
      <translation>Im Land der Praxis ist üblich: {order}.</translation>
    </message>
    <message>
      <source>In the mapping, “{heading}” must have a text beside it.</source>
      <translation>In der Zuordnung muss neben „{heading}“ ein Text stehen.</translation>
    </message>
    <message>
      <source>Install psycopg[binary], or use the database of this computer.</source>
      <translation>Installieren Sie psycopg[binary] oder nehmen Sie die Datenbank dieses Computers.</translation>
    </message>
    <message>
      <source>It holds here; HubSpot could not be told yet, so the contact shows it after the next run.</source>
      <translation>Hier gilt es; HubSpot konnte es noch nicht gesagt werden, der Kontakt zeigt es nach dem nächsten Lauf.</translation>
    </message>
    <message>
      <source>Kept values that cannot be used: {settings}.</source>
      <translation>Gespeicherte Werte, die nicht brauchbar sind: {settings}.</translation>
    </message>
    <message>
      <source>Leave it out of the address; it is kept apart, safely (keys set database).</source>
      <translation>Lassen Sie es in der Adresse weg; es wird getrennt und sicher aufbewahrt.</translation>
    </message>
    <message>
      <source>Let a database of its own be made for ClinicBridge.</source>
      <translation>Lassen Sie für ClinicBridge eine eigene Datenbank anlegen.</translation>
    </message>
    <message>
      <source>Let it be set by itself.</source>
      <translation>Lassen Sie sie automatisch stellen.</translation>
    </message>
    <message>
      <source>Let it own the database, or be given the right CREATE on its schema.</source>
      <translation>Lassen Sie ihn zum Besitzer der Datenbank machen oder ihm das Recht CREATE auf ihrem Schema geben.</translation>
    </message>
    <message>
      <source>Log in to Cliniko and download the export again.</source>
      <translation>Melden Sie sich bei Cliniko an und laden Sie den Export noch einmal herunter.</translation>
    </message>
    <message>
      <source>Look at the list of questions again: it may have settled itself.</source>
      <translation>Sehen Sie noch einmal in die Liste der Fragen: Vielleicht hat sie sich erledigt.</translation>
    </message>
    <message>
      <source>Needed for {stream} only.</source>
      <translation>Nötig nur für: {stream}.</translation>
    </message>
    <message>
      <source>Never match again</source>
      <translation>Nie wieder zuordnen</translation>
    </message>
    <message>
      <source>New records are not created from HubSpot (setting).</source>
      <translation>Neue Datensätze werden nicht aus HubSpot angelegt (Einstellung).</translation>
    </message>
    <message>
      <source>No column of the file tells {what}.</source>
      <translation>Keine Spalte der Datei nennt: {what}.</translation>
    </message>
    <message>
      <source>Not asked: {what}</source>
      <translation>Nicht gefragt: {what}</translation>
    </message>
    <message>
      <source>Only one computer syncs at a time.</source>
      <translation>Es gleicht immer nur ein Computer ab.</translation>
    </message>
    <message>
      <source>Paste a new key under Settings, Connections.</source>
      <translation>Fügen Sie unter Einstellungen, Verbindungen einen neuen Schlüssel ein.</translation>
    </message>
    <message>
      <source>Possible are: {answers}.</source>
      <translation>Möglich sind: {answers}.</translation>
    </message>
    <message>
      <source>Put the right key back, or use a new data folder for the other account.</source>
      <translation>Setzen Sie den richtigen Schlüssel wieder ein oder nehmen Sie für das andere Konto einen neuen Datenordner.</translation>
    </message>
    <message>
      <source>Rehearse the file again.</source>
      <translation>Starten Sie den Probelauf für die Datei noch einmal.</translation>
    </message>
    <message>
      <source>Release it first.</source>
      <translation>Geben Sie ihn zuerst frei.</translation>
    </message>
    <message>
      <source>Say so in the mapping: {example} or {other}.</source>
      <translation>Sagen Sie es in der Zuordnung: {example} oder {other}.</translation>
    </message>
    <message>
      <source>See the list of settings: settings list.</source>
      <translation>Siehe die Liste der Einstellungen: settings list.</translation>
    </message>
    <message>
      <source>Set it under Settings, Connections (or: keys set).</source>
      <translation>Setzen Sie ihn unter Einstellungen, Verbindungen.</translation>
    </message>
    <message>
      <source>Some files could not be deleted; another program may have them open.</source>
      <translation>Einige Dateien ließen sich nicht löschen; vielleicht sind sie in einem anderen Programm offen.</translation>
    </message>
    <message>
      <source>Somebody who shares an inbox came of age; nothing changes by itself.</source>
      <translation>Jemand mit gemeinsamem Postfach ist volljährig geworden; von selbst ändert sich nichts.</translation>
    </message>
    <message>
      <source>Sync</source>
      <translation>Abgleich</translation>
    </message>
    <message>
      <source>That is too little to search by.</source>
      <translation>Das ist zu wenig zum Suchen.</translation>
    </message>
    <message>
      <source>The Cliniko key may not read appointments; rows without an id get a key of their own.</source>
      <translation>Der Cliniko-Schlüssel darf Termine nicht lesen; Zeilen ohne ID bekommen einen eigenen Schlüssel.</translation>
    </message>
    <message>
      <source>The Cliniko key may not read appointments; visits stay blank.</source>
      <translation>Der Cliniko-Schlüssel darf Termine nicht lesen; Angaben zu Besuchen bleiben leer.</translation>
    </message>
    <message>
      <source>The Cliniko key may not read attendees; invoices of groups are not tied to their appointment.</source>
      <translation>Der Cliniko-Schlüssel darf Teilnehmende nicht lesen; Rechnungen von Gruppen werden nicht mit ihrem Termin verbunden.</translation>
    </message>
    <message>
      <source>The Cliniko key may not read invoice items; what they add to deals stays blank.</source>
      <translation>Der Cliniko-Schlüssel darf Rechnungsposten nicht lesen; was sie zu Deals beitragen, bleibt leer.</translation>
    </message>
    <message>
      <source>The Cliniko key may not read referral sources; they stay blank.</source>
      <translation>Der Cliniko-Schlüssel darf Empfehlungsquellen nicht lesen; sie bleiben leer.</translation>
    </message>
    <message>
      <source>The Cliniko key may not read users; deals get the fallback owner.</source>
      <translation>Der Cliniko-Schlüssel darf Benutzer nicht lesen; für Deals gelten die Ersatzzuständigen.</translation>
    </message>
    <message>
      <source>The Cliniko key may not read {list}; what they add stays blank.</source>
      <translation>Der Cliniko-Schlüssel darf Folgendes nicht lesen, und was daher kommt, bleibt leer: {list}.</translation>
    </message>
    <message>
      <source>The HubSpot contact no longer exists.</source>
      <translation>Den HubSpot-Kontakt gibt es nicht mehr.</translation>
    </message>
    <message>
      <source>The HubSpot contact was merged into another one.</source>
      <translation>Der HubSpot-Kontakt wurde mit einem anderen zusammengeführt.</translation>
    </message>
    <message>
      <source>The HubSpot key may not read owners; deals get no owner.</source>
      <translation>Der HubSpot-Schlüssel darf Benutzer nicht lesen; für Deals ist niemand zuständig.</translation>
    </message>
    <message>
      <source>The HubSpot plan ({plan}) has {free} free custom contact properties; ClinicBridge needs at least {least}.</source>
      <translation>Der HubSpot-Tarif ({plan}) hat noch {free} freie eigene Kontakteigenschaften; ClinicBridge braucht mindestens {least}.</translation>
    </message>
    <message>
      <source>The HubSpot plan has {free} free custom contact properties; ClinicBridge needs at least {least}.</source>
      <translation>Der HubSpot-Tarif hat noch {free} freie eigene Kontakteigenschaften; ClinicBridge braucht mindestens {least}.</translation>
    </message>
    <message>
      <source>The address of the database must not hold the password.</source>
      <translation>Die Adresse der Datenbank darf das Passwort nicht enthalten.</translation>
    </message>
    <message>
      <source>The amounts in HubSpot do not add up to the invoice's total.</source>
      <translation>Die Beträge in HubSpot ergeben nicht die Summe der Rechnung.</translation>
    </message>
    <message>
      <source>The clock agrees with Cliniko's.</source>
      <translation>Die Uhr stimmt mit der von Cliniko überein.</translation>
    </message>
    <message>
      <source>The clock was not compared: Cliniko did not answer.</source>
      <translation>Die Uhr wurde nicht verglichen: Cliniko hat nicht geantwortet.</translation>
    </message>
    <message>
      <source>The contact {contact} carries the same Cliniko ID.</source>
      <translation>Der Kontakt {contact} trägt dieselbe Cliniko-ID.</translation>
    </message>
    <message>
      <source>The database address cannot be used.</source>
      <translation>Die Adresse der Datenbank ist nicht brauchbar.</translation>
    </message>
    <message>
      <source>The database given belongs to another program. Nothing in it was changed.</source>
      <translation>Die angegebene Datenbank gehört zu einem anderen Programm. Darin wurde nichts geändert.</translation>
    </message>
    <message>
      <source>The database server answers, but it does not let ClinicBridge in.</source>
      <translation>Der Datenbankserver antwortet, lässt ClinicBridge aber nicht herein.</translation>
    </message>
    <message>
      <source>The database's user may not make tables there.</source>
      <translation>Der Benutzer der Datenbank darf dort keine Tabellen anlegen.</translation>
    </message>
    <message>
      <source>The deal hangs on another contact than its patient's.</source>
      <translation>Der Deal hängt an einem anderen Kontakt als dem des Patienten.</translation>
    </message>
    <message>
      <source>The deal hangs on no contact.</source>
      <translation>Der Deal hängt an keinem Kontakt.</translation>
    </message>
    <message>
      <source>The deal is not in the stage for ‘{status}’.</source>
      <translation>Der Deal steht nicht in der Phase für „{status}“.</translation>
    </message>
    <message>
      <source>The deal no longer exists in HubSpot.</source>
      <translation>Den Deal gibt es in HubSpot nicht mehr.</translation>
    </message>
    <message>
      <source>The disk is full: ClinicBridge cannot keep its local data.</source>
      <translation>Die Festplatte ist voll: ClinicBridge kann seine Daten nicht aufbewahren.</translation>
    </message>
    <message>
      <source>The disk that holds the local data of ClinicBridge reports an error.</source>
      <translation>Die Festplatte mit den Daten von ClinicBridge meldet einen Fehler.</translation>
    </message>
    <message>
      <source>The file cannot be read as CSV after row {row}: a quotation mark may never be closed.</source>
      <translation>Nach Zeile {row} lässt sich die Datei nicht als CSV lesen: Vielleicht fehlt ein schließendes Anführungszeichen.</translation>
    </message>
    <message>
      <source>The file cannot be read.</source>
      <translation>Die Datei ist nicht lesbar.</translation>
    </message>
    <message>
      <source>The file cannot be written there.</source>
      <translation>Dort lässt sich die Datei nicht schreiben.</translation>
    </message>
    <message>
      <source>The file chosen is no backup of ClinicBridge.</source>
      <translation>Die gewählte Datei ist keine Sicherung von ClinicBridge.</translation>
    </message>
    <message>
      <source>The file has more than {count} columns; no export of Cliniko has that many.</source>
      <translation>Die Datei hat mehr als {count} Spalten; so viele hat kein Export aus Cliniko.</translation>
    </message>
    <message>
      <source>The file has no heading “{heading}”.</source>
      <translation>Die Datei hat keine Überschrift „{heading}“.</translation>
    </message>
    <message>
      <source>The file is damaged or not a CSV file: {what}.</source>
      <translation>Die Datei ist beschädigt oder keine CSV-Datei: {what}.</translation>
    </message>
    <message>
      <source>The file is damaged: it begins as {encoding} and does not go on like that.</source>
      <translation>Die Datei ist beschädigt: Sie beginnt als {encoding} und geht nicht so weiter.</translation>
    </message>
    <message>
      <source>The file is empty.</source>
      <translation>Die Datei ist leer.</translation>
    </message>
    <message>
      <source>The file or database given belongs to another program. Nothing in it was changed.</source>
      <translation>Die angegebene Datei oder Datenbank gehört zu einem anderen Programm. Darin wurde nichts geändert.</translation>
    </message>
    <message>
      <source>The file pc.json in the data folder, which says where the data is, cannot be used.</source>
      <translation>Die Datei pc.json im Datenordner, die sagt, wo die Daten liegen, ist nicht brauchbar.</translation>
    </message>
    <message>
      <source>The key does not stand on the contact it was given to.</source>
      <translation>Der Schlüssel steht nicht an dem Kontakt, der ihn bekommen sollte.</translation>
    </message>
    <message>
      <source>The key is empty.</source>
      <translation>Der Schlüssel ist leer.</translation>
    </message>
    <message>
      <source>The key lacks the scope {scope}.</source>
      <translation>Dem Schlüssel fehlt das Recht {scope}.</translation>
    </message>
    <message>
      <source>The key lacks the scope {scope}: {cost}.</source>
      <translation>Dem Schlüssel fehlt das Recht {scope}. Die Folge: {cost}.</translation>
    </message>
    <message>
      <source>The key may not read the clinic's settings.</source>
      <translation>Der Schlüssel darf die Einstellungen der Praxis nicht lesen.</translation>
    </message>
    <message>
      <source>The key may not read {list}.</source>
      <translation>Der Schlüssel darf nicht lesen: {list}.</translation>
    </message>
    <message>
      <source>The key may not read {list}: {cost}.</source>
      <translation>Der Schlüssel darf nicht lesen: {list}. Die Folge: {cost}.</translation>
    </message>
    <message>
      <source>The key on the deal is not this record's.</source>
      <translation>Der Schlüssel am Deal gehört nicht zu diesem Datensatz.</translation>
    </message>
    <message>
      <source>The key still stands on the contact it was taken off.</source>
      <translation>Der Schlüssel steht noch an dem Kontakt, von dem er entfernt werden sollte.</translation>
    </message>
    <message>
      <source>The keys can be kept and read.</source>
      <translation>Die Schlüssel lassen sich aufbewahren und lesen.</translation>
    </message>
    <message>
      <source>The local data is sound.</source>
      <translation>Die Daten auf diesem Computer sind in Ordnung.</translation>
    </message>
    <message>
      <source>The local data of ClinicBridge is damaged.</source>
      <translation>Die Daten von ClinicBridge auf diesem Computer sind beschädigt.</translation>
    </message>
    <message>
      <source>The numbers stand in the history.</source>
      <translation>Die Nummern stehen in der Aktivität.</translation>
    </message>
    <message>
      <source>The password is empty.</source>
      <translation>Das Passwort ist leer.</translation>
    </message>
    <message>
      <source>The pipeline ‘{pipeline}’ has a further stage; own stages are better kept in a pipeline of their own.</source>
      <translation>Die Pipeline „{pipeline}“ hat eine weitere Phase; eigene Phasen gehören besser in eine eigene Pipeline.</translation>
    </message>
    <message>
      <source>The pipeline ‘{pipeline}’ has another label.</source>
      <translation>Die Pipeline „{pipeline}“ hat eine andere Beschriftung.</translation>
    </message>
    <message>
      <source>The pipeline ‘{pipeline}’ has its name taken by another pipeline in HubSpot; rename that one, then repair.</source>
      <translation>Der Name der Pipeline „{pipeline}“ ist in HubSpot schon vergeben; benennen Sie die andere um und drücken Sie dann „Reparieren“.</translation>
    </message>
    <message>
      <source>The pipeline ‘{pipeline}’ has its stages in another order.</source>
      <translation>Die Phasen der Pipeline „{pipeline}“ stehen in anderer Reihenfolge.</translation>
    </message>
    <message>
      <source>The pipeline ‘{pipeline}’ is not in HubSpot.</source>
      <translation>Die Pipeline „{pipeline}“ fehlt in HubSpot.</translation>
    </message>
    <message>
      <source>The property group ‘{group}’ is not in HubSpot.</source>
      <translation>Die Eigenschaftsgruppe „{group}“ fehlt in HubSpot.</translation>
    </message>
    <message>
      <source>The property ‘{property}’ ({name}) should hold {wanted}, but in HubSpot it holds {found}.</source>
      <translation>Die Eigenschaft „{property}“ ({name}) hat in HubSpot die falsche Art: {found} statt {wanted}.</translation>
    </message>
    <message>
      <source>The property ‘{property}’ cannot be written in HubSpot.</source>
      <translation>Die Eigenschaft „{property}“ lässt sich in HubSpot nicht beschreiben.</translation>
    </message>
    <message>
      <source>The property ‘{property}’ exists without unique values, and HubSpot cannot change that later.</source>
      <translation>Die Eigenschaft „{property}“ gibt es ohne eindeutige Werte, und HubSpot kann das nachträglich nicht ändern.</translation>
    </message>
    <message>
      <source>The property ‘{property}’ has another label.</source>
      <translation>Die Eigenschaft „{property}“ hat eine andere Beschriftung.</translation>
    </message>
    <message>
      <source>The property ‘{property}’ has further choices.</source>
      <translation>Die Eigenschaft „{property}“ hat weitere Auswahlen.</translation>
    </message>
    <message>
      <source>The property ‘{property}’ has lost the choice {choices}.</source>
      <translation>Der Eigenschaft „{property}“ fehlt die Auswahl {choices}.</translation>
    </message>
    <message>
      <source>The property ‘{property}’ is in another group.</source>
      <translation>Die Eigenschaft „{property}“ steht in einer anderen Gruppe.</translation>
    </message>
    <message>
      <source>The property ‘{property}’ is not in HubSpot.</source>
      <translation>Die Eigenschaft „{property}“ fehlt in HubSpot.</translation>
    </message>
    <message>
      <source>The report cannot be saved there.</source>
      <translation>Dort lässt sich der Bericht nicht sichern.</translation>
    </message>
    <message>
      <source>The report of the import cannot be written.</source>
      <translation>Der Bericht des Imports lässt sich nicht schreiben.</translation>
    </message>
    <message>
      <source>The report of the import is not there any more.</source>
      <translation>Den Bericht des Imports gibt es nicht mehr.</translation>
    </message>
    <message>
      <source>The screen {display} named by DISPLAY does not answer.</source>
      <translation>Der in DISPLAY genannte Bildschirm {display} antwortet nicht.</translation>
    </message>
    <message>
      <source>The secure connection to {service} could not be verified. Nothing is lost.</source>
      <translation>Die sichere Verbindung zu {service} ließ sich nicht bestätigen. Nichts geht verloren.</translation>
    </message>
    <message>
      <source>The setting {setting} does not take this value.</source>
      <translation>Die Einstellung {setting} nimmt diesen Wert nicht.</translation>
    </message>
    <message>
      <source>The setting {setting} holds a key that is not an id.</source>
      <translation>Die Einstellung {setting} enthält einen Schlüssel, der keine ID ist.</translation>
    </message>
    <message>
      <source>The setting {setting} holds an entry that cannot be used.</source>
      <translation>Die Einstellung {setting} enthält einen Eintrag, der nicht brauchbar ist.</translation>
    </message>
    <message>
      <source>The setting {setting} holds an entry that is not a text.</source>
      <translation>Die Einstellung {setting} enthält einen Eintrag, der kein Text ist.</translation>
    </message>
    <message>
      <source>The setting {setting} is either true or false.</source>
      <translation>Die Einstellung {setting} ist entweder true oder false.</translation>
    </message>
    <message>
      <source>The setting {setting} is one of {choices}.</source>
      <translation>Für die Einstellung {setting} gibt es: {choices}.</translation>
    </message>
    <message>
      <source>The setting {setting} must lie between {least} and {most}.</source>
      <translation>Die Einstellung {setting} muss zwischen {least} und {most} liegen.</translation>
    </message>
    <message>
      <source>The setting {setting} takes a JSON {form}.</source>
      <translation>Die Einstellung {setting} hat nicht die richtige Form (JSON: {form}).</translation>
    </message>
    <message>
      <source>The setting {setting} takes a whole number.</source>
      <translation>Die Einstellung {setting} nimmt eine ganze Zahl.</translation>
    </message>
    <message>
      <source>The shared database cannot be reached.</source>
      <translation>Die gemeinsame Datenbank ist nicht erreichbar.</translation>
    </message>
    <message>
      <source>The stage ‘{stage}’ of ‘{pipeline}’ has another label.</source>
      <translation>Die Phase „{stage}“ von „{pipeline}“ hat eine andere Beschriftung.</translation>
    </message>
    <message>
      <source>The stage ‘{stage}’ of ‘{pipeline}’ has another probability.</source>
      <translation>Die Phase „{stage}“ von „{pipeline}“ hat eine andere Wahrscheinlichkeit.</translation>
    </message>
    <message>
      <source>The stage ‘{stage}’ of ‘{pipeline}’ is not in HubSpot.</source>
      <translation>Die Phase „{stage}“ von „{pipeline}“ fehlt in HubSpot.</translation>
    </message>
    <message>
      <source>The window cannot open; the words work without it.</source>
      <translation>Das Fenster kann sich nicht öffnen; die Befehle gehen auch ohne es.</translation>
    </message>
    <message>
      <source>The window needs system libraries that are not installed ({files}).</source>
      <translation>Dem Fenster fehlen Bibliotheken des Systems ({files}).</translation>
    </message>
    <message>
      <source>The {service} key belongs to another account than before. Nothing was written.</source>
      <translation>Der {service}-Schlüssel gehört zu einem anderen Konto als bisher. Es wurde nichts geschrieben.</translation>
    </message>
    <message>
      <source>The {service} key is not set yet.</source>
      <translation>Der {service}-Schlüssel ist noch nicht gesetzt.</translation>
    </message>
    <message>
      <source>The {service} key lacks a right it needs.</source>
      <translation>Dem {service}-Schlüssel fehlt ein Recht, das er braucht.</translation>
    </message>
    <message>
      <source>The {service} key lacks a right it needs: {rights}.</source>
      <translation>Dem {service}-Schlüssel fehlt ein Recht, das er braucht: {rights}.</translation>
    </message>
    <message>
      <source>There is no field “{field}” for {kind}.</source>
      <translation>Ein Feld „{field}“ gibt es hier nicht: {kind}.</translation>
    </message>
    <message>
      <source>There is no open question with this number.</source>
      <translation>Eine offene Frage mit dieser Nummer gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no question with the number {number}.</source>
      <translation>Eine Frage mit der Nummer {number} gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no row in the file.</source>
      <translation>In der Datei steht keine Zeile.</translation>
    </message>
    <message>
      <source>There is no run with the number {number}.</source>
      <translation>Einen Lauf mit der Nummer {number} gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set.</source>
      <translation>Hier gibt es keinen Bildschirm: Weder DISPLAY noch WAYLAND_DISPLAY ist gesetzt.</translation>
    </message>
    <message>
      <source>There is no setting called {setting}.</source>
      <translation>Eine Einstellung {setting} gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no such file.</source>
      <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no {kind} with this id here.</source>
      <translation>Hier gibt es zu dieser ID nichts: {kind}.</translation>
    </message>
    <message>
      <source>This HubSpot contact already belongs to another record of Cliniko.</source>
      <translation>Dieser HubSpot-Kontakt gehört schon zu einem anderen Datensatz aus Cliniko.</translation>
    </message>
    <message>
      <source>This answer is being carried out right now.</source>
      <translation>Diese Antwort wird gerade ausgeführt.</translation>
    </message>
    <message>
      <source>This computer's clock is off by {seconds} s.</source>
      <translation>Die Uhr dieses Computers geht um {seconds} s falsch.</translation>
    </message>
    <message>
      <source>This does not look like a key: please copy it again.</source>
      <translation>Das sieht nicht wie ein Schlüssel aus: Bitte kopieren Sie ihn noch einmal.</translation>
    </message>
    <message>
      <source>This does not look like a password: please type it again.</source>
      <translation>Das sieht nicht wie ein Passwort aus: Bitte geben Sie es noch einmal ein.</translation>
    </message>
    <message>
      <source>This is a PDF, not a CSV file.</source>
      <translation>Das ist ein PDF, keine CSV-Datei.</translation>
    </message>
    <message>
      <source>This is a compressed file, not a CSV file.</source>
      <translation>Das ist eine gepackte Datei, keine CSV-Datei.</translation>
    </message>
    <message>
      <source>This is a file of invoices; patients and appointments can be imported.</source>
      <translation>Das ist eine Datei mit Rechnungen; importieren lassen sich Patienten und Termine.</translation>
    </message>
    <message>
      <source>This is a file of {found}, not of {kind}.</source>
      <translation>Diese Datei enthält etwas anderes: {found} statt {kind}.</translation>
    </message>
    <message>
      <source>This is a picture, not a CSV file.</source>
      <translation>Das ist ein Bild, keine CSV-Datei.</translation>
    </message>
    <message>
      <source>This is a program, not a CSV file.</source>
      <translation>Das ist ein Programm, keine CSV-Datei.</translation>
    </message>
    <message>
      <source>This is a web page, not a CSV file.</source>
      <translation>Das ist eine Webseite, keine CSV-Datei.</translation>
    </message>
    <message>
      <source>This is an Excel workbook or a zip archive, not a CSV file.</source>
      <translation>Das ist eine Excel-Mappe oder ein Zip-Archiv, keine CSV-Datei.</translation>
    </message>
    <message>
      <source>This is an old Excel workbook, not a CSV file.</source>
      <translation>Das ist eine alte Excel-Mappe, keine CSV-Datei.</translation>
    </message>
    <message>
      <source>This is not a file that can be read.</source>
      <translation>Das ist keine Datei, die sich lesen lässt.</translation>
    </message>
    <message>
      <source>This patient does not use the address in question.</source>
      <translation>Dieser Patient verwendet die fragliche Adresse nicht.</translation>
    </message>
    <message>
      <source>This question is already closed.</source>
      <translation>Diese Frage ist schon erledigt.</translation>
    </message>
    <message>
      <source>This record is on hold, so nothing is written to it.</source>
      <translation>Dieser Datensatz ist zurückgestellt, darum wird nichts geschrieben.</translation>
    </message>
    <message>
      <source>This record is on no HubSpot contact.</source>
      <translation>Dieser Datensatz hängt an keinem HubSpot-Kontakt.</translation>
    </message>
    <message>
      <source>Type a name, an e-mail address or a phone number.</source>
      <translation>Geben Sie einen Namen, eine E-Mail-Adresse oder eine Telefonnummer ein.</translation>
    </message>
    <message>
      <source>Unlink that one first, or choose another contact.</source>
      <translation>Trennen Sie zuerst jenen oder wählen Sie einen anderen Kontakt.</translation>
    </message>
    <message>
      <source>Unsubscribed in HubSpot, while Cliniko says yes to e-mail.</source>
      <translation>In HubSpot abgemeldet, in Cliniko steht aber ein Ja zu E-Mails.</translation>
    </message>
    <message>
      <source>Use sqlite:/// with a file, or postgresql:// with server and database.</source>
      <translation>Nehmen Sie sqlite:/// mit einer Datei oder postgresql:// mit Server und Datenbank.</translation>
    </message>
    <message>
      <source>Wait for the run to end; then it can be undone under Activity.</source>
      <translation>Warten Sie, bis der Lauf zu Ende ist; dann lässt sie sich unter „Aktivität“ rückgängig machen.</translation>
    </message>
    <message>
      <source>With amounts on appointments and invoices both on, HubSpot counts the same revenue twice.</source>
      <translation>Wenn Termine einen Betrag haben und auch Rechnungen eingeschaltet sind, zählt HubSpot denselben Umsatz doppelt.</translation>
    </message>
    <message>
      <source>Without room in the HubSpot plan: {streams}.</source>
      <translation>Im HubSpot-Tarif ist kein Platz für: {streams}.</translation>
    </message>
    <message>
      <source>a choice</source>
      <translation>Auswahl</translation>
    </message>
    <message>
      <source>a date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>a date with time</source>
      <translation>Datum mit Uhrzeit</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>Zahl</translation>
    </message>
    <message>
      <source>a person's answer</source>
      <translation>die Antwort einer Person</translation>
    </message>
    <message>
      <source>accepted email marketing</source>
      <translation>E-Mail-Marketing erlaubt</translation>
    </message>
    <message>
      <source>address 1</source>
      <translation>Adresszeile 1</translation>
    </message>
    <message>
      <source>amounts are without tax</source>
      <translation>Beträge sind ohne Steuer</translation>
    </message>
    <message>
      <source>appointment_types</source>
      <translation>Terminarten</translation>
    </message>
    <message>
      <source>appointments</source>
      <translation>Termine</translation>
    </message>
    <message>
      <source>appointments get no amount</source>
      <translation>Termine bekommen keinen Betrag</translation>
    </message>
    <message>
      <source>arrived</source>
      <translation>angekommen</translation>
    </message>
    <message>
      <source>attended</source>
      <translation>wahrgenommen</translation>
    </message>
    <message>
      <source>attendees</source>
      <translation>Teilnehmende</translation>
    </message>
    <message>
      <source>billable_items</source>
      <translation>Leistungen</translation>
    </message>
    <message>
      <source>booked</source>
      <translation>gebucht</translation>
    </message>
    <message>
      <source>businesses</source>
      <translation>Standorte</translation>
    </message>
    <message>
      <source>cancelled</source>
      <translation>abgesagt</translation>
    </message>
    <message>
      <source>city</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>closed</source>
      <translation>abgeschlossen</translation>
    </message>
    <message>
      <source>contact</source>
      <translation>Kontakt</translation>
    </message>
    <message>
      <source>contacts</source>
      <translation>Kontakte</translation>
    </message>
    <message>
      <source>country code</source>
      <translation>Ländercode</translation>
    </message>
    <message>
      <source>date of birth</source>
      <translation>Geburtsdatum</translation>
    </message>
    <message>
      <source>date_order is day_first or month_first.</source>
      <translation>date_order ist day_first oder month_first.</translation>
    </message>
    <message>
      <source>deals get no owner</source>
      <translation>für Deals ist niemand zuständig</translation>
    </message>
    <message>
      <source>deals get no owner from the practitioner</source>
      <translation>Deals bekommen keine zuständige Person über die Behandelnden</translation>
    </message>
    <message>
      <source>deals tell no case</source>
      <translation>Deals nennen keinen Fall</translation>
    </message>
    <message>
      <source>did not arrive</source>
      <translation>nicht erschienen</translation>
    </message>
    <message>
      <source>e-mail and name</source>
      <translation>E-Mail und Name</translation>
    </message>
    <message>
      <source>e-mail, last name, nickname and date of birth</source>
      <translation>E-Mail, Nachname, Rufname und Geburtsdatum</translation>
    </message>
    <message>
      <source>email</source>
      <translation>E-Mail</translation>
    </message>
    <message>
      <source>first name</source>
      <translation>Vorname</translation>
    </message>
    <message>
      <source>gender identity</source>
      <translation>Geschlechtsidentität</translation>
    </message>
    <message>
      <source>group changed</source>
      <translation>Gruppe geändert</translation>
    </message>
    <message>
      <source>group missing</source>
      <translation>Gruppe fehlt</translation>
    </message>
    <message>
      <source>group_appointments</source>
      <translation>Gruppentermine</translation>
    </message>
    <message>
      <source>individual_appointments</source>
      <translation>Einzeltermine</translation>
    </message>
    <message>
      <source>invoice_items</source>
      <translation>Rechnungsposten</translation>
    </message>
    <message>
      <source>invoices</source>
      <translation>Rechnungen</translation>
    </message>
    <message>
      <source>it holds NUL bytes</source>
      <translation>sie enthält Null-Bytes</translation>
    </message>
    <message>
      <source>it is UTF-32</source>
      <translation>sie ist UTF-32</translation>
    </message>
    <message>
      <source>it is not text</source>
      <translation>sie ist kein Text</translation>
    </message>
    <message>
      <source>label changed</source>
      <translation>Beschriftung geändert</translation>
    </message>
    <message>
      <source>last name</source>
      <translation>Nachname</translation>
    </message>
    <message>
      <source>name and company</source>
      <translation>Name und Firma</translation>
    </message>
    <message>
      <source>name and date of birth</source>
      <translation>Name und Geburtsdatum</translation>
    </message>
    <message>
      <source>name and mobile number</source>
      <translation>Name und Mobilnummer</translation>
    </message>
    <message>
      <source>not marked</source>
      <translation>nicht vermerkt</translation>
    </message>
    <message>
      <source>not unique</source>
      <translation>Nicht eindeutig</translation>
    </message>
    <message>
      <source>open</source>
      <translation>offen</translation>
    </message>
    <message>
      <source>open credit</source>
      <translation>offene Gutschrift</translation>
    </message>
    <message>
      <source>option added</source>
      <translation>Weitere Auswahl</translation>
    </message>
    <message>
      <source>option missing</source>
      <translation>Auswahl fehlt</translation>
    </message>
    <message>
      <source>option renamed</source>
      <translation>Auswahl umbenannt</translation>
    </message>
    <message>
      <source>owner</source>
      <translation>zuständige Person</translation>
    </message>
    <message>
      <source>paid</source>
      <translation>bezahlt</translation>
    </message>
    <message>
      <source>patient</source>
      <translation>Patient</translation>
    </message>
    <message>
      <source>patient phone numbers</source>
      <translation>Telefonnummern</translation>
    </message>
    <message>
      <source>patient_cases</source>
      <translation>Fälle</translation>
    </message>
    <message>
      <source>patients</source>
      <translation>Patienten</translation>
    </message>
    <message>
      <source>phone numbers</source>
      <translation>Telefonnummern</translation>
    </message>
    <message>
      <source>pipeline missing</source>
      <translation>Pipeline fehlt</translation>
    </message>
    <message>
      <source>pipeline name taken</source>
      <translation>Pipelinename vergeben</translation>
    </message>
    <message>
      <source>pipeline renamed</source>
      <translation>Pipeline umbenannt</translation>
    </message>
    <message>
      <source>post code</source>
      <translation>Postleitzahl</translation>
    </message>
    <message>
      <source>practitioners</source>
      <translation>Behandelnde</translation>
    </message>
    <message>
      <source>preferred first name</source>
      <translation>Rufname</translation>
    </message>
    <message>
      <source>probability changed</source>
      <translation>Wahrscheinlichkeit geändert</translation>
    </message>
    <message>
      <source>property missing</source>
      <translation>Eigenschaft fehlt</translation>
    </message>
    <message>
      <source>provider number</source>
      <translation>die Leistungserbringer-Nummer</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>Nur lesbar</translation>
    </message>
    <message>
      <source>referral source</source>
      <translation>Empfehlungsquelle</translation>
    </message>
    <message>
      <source>referral_sources</source>
      <translation>Empfehlungsquellen</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>entfernt</translation>
    </message>
    <message>
      <source>secondary e-mail and name</source>
      <translation>zweite E-Mail-Adresse und Name</translation>
    </message>
    <message>
      <source>secondary e-mail, last name, nickname and date of birth</source>
      <translation>zweite E-Mail-Adresse, Nachname, Rufname und Geburtsdatum</translation>
    </message>
    <message>
      <source>settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>some of its letters are in another encoding than the rest</source>
      <translation>ein Teil der Buchstaben ist anders kodiert als der Rest</translation>
    </message>
    <message>
      <source>something else</source>
      <translation>etwas anderes</translation>
    </message>
    <message>
      <source>stage added</source>
      <translation>Weitere Phase</translation>
    </message>
    <message>
      <source>stage missing</source>
      <translation>Phase fehlt</translation>
    </message>
    <message>
      <source>stage order changed</source>
      <translation>Phasen umgeordnet</translation>
    </message>
    <message>
      <source>stage renamed</source>
      <translation>Phase umbenannt</translation>
    </message>
    <message>
      <source>state</source>
      <translation>Bundesstaat</translation>
    </message>
    <message>
      <source>taxes</source>
      <translation>Steuern</translation>
    </message>
    <message>
      <source>text</source>
      <translation>Text</translation>
    </message>
    <message>
      <source>the Cliniko contact key on the contact</source>
      <translation>den Schlüssel des Cliniko-Kontakts am Kontakt</translation>
    </message>
    <message>
      <source>the Cliniko key on the contact</source>
      <translation>den Cliniko-Schlüssel am Kontakt</translation>
    </message>
    <message>
      <source>the contact ID that another program wrote</source>
      <translation>die Kontakt-ID, die ein anderes Programm geschrieben hat</translation>
    </message>
    <message>
      <source>the patient</source>
      <translation>den Patienten</translation>
    </message>
    <message>
      <source>the patient ID that another program wrote</source>
      <translation>die Patienten-ID, die ein anderes Programm geschrieben hat</translation>
    </message>
    <message>
      <source>the patient's id</source>
      <translation>die ID des Patienten</translation>
    </message>
    <message>
      <source>the referral source stays blank</source>
      <translation>die Empfehlungsquelle bleibt leer</translation>
    </message>
    <message>
      <source>type changed</source>
      <translation>Art geändert</translation>
    </message>
    <message>
      <source>users</source>
      <translation>Benutzer</translation>
    </message>
    <message>
      <source>when the appointment starts</source>
      <translation>den Beginn des Termins</translation>
    </message>
    <message>
      <source>yes/no</source>
      <translation>Ja/Nein</translation>
    </message>
    <message>
      <source>{field} can't be blank</source>
      <translation>{field} darf nicht leer sein</translation>
    </message>
    <message>
      <source>{field} can’t be blank</source>
      <translation>{field} darf nicht leer sein</translation>
    </message>
    <message>
      <source>{field} has already been taken</source>
      <translation>{field} ist schon vergeben</translation>
    </message>
    <message>
      <source>{field} is invalid</source>
      <translation>{field} ist ungültig</translation>
    </message>
    <message>
      <source>{field} is not a known source</source>
      <translation>{field} ist keine bekannte Quelle</translation>
    </message>
    <message>
      <source>{field} is not a number</source>
      <translation>{field} ist keine Zahl</translation>
    </message>
    <message>
      <source>{field} is not included in the list</source>
      <translation>{field} steht nicht in der Liste</translation>
    </message>
    <message>
      <source>{field} must exist</source>
      <translation>{field} muss vorhanden sein</translation>
    </message>
    <message>
      <source>{service} cannot be reached at the moment. Nothing is lost.</source>
      <translation>{service} ist gerade nicht erreichbar. Nichts geht verloren.</translation>
    </message>
    <message>
      <source>{service} does not accept the key.</source>
      <translation>{service} nimmt den Schlüssel nicht an.</translation>
    </message>
    <message>
      <source>{service} is moving the account to another place and asks to wait. Nothing is lost.</source>
      <translation>{service} zieht das Konto gerade um und bittet zu warten. Nichts geht verloren.</translation>
    </message>
    <message>
      <source>{service} takes no more calls for now, because its limit is used up. Nothing is lost.</source>
      <translation>{service} nimmt vorerst keine Anfragen mehr an, weil das Kontingent aufgebraucht ist. Nichts geht verloren.</translation>
    </message>
    <message>
      <source>{service} wants to send ClinicBridge to another address, which is refused. Nothing is lost.</source>
      <translation>{service} will ClinicBridge an eine andere Adresse schicken; das wird abgelehnt. Nichts geht verloren.</translation>
    </message>
    <message>
      <source>{who} is syncing right now.</source>
      <translation>{who} gleicht gerade ab.</translation>
    </message>
    <message>
      <source>‘{answer}’ is no answer to this question.</source>
      <translation>„{answer}“ ist keine Antwort auf diese Frage.</translation>
    </message>
    <message>
      <source>‘{answer}’ needs to know which {what}: add --{word} with its id.</source>
      <translation>„{answer}“ braucht noch eine Angabe: {what} (--{word} mit der ID).</translation>
    </message>
    <message>
      <source>‘{field}’ does not show what Cliniko says.</source>
      <translation>„{field}“ zeigt nicht, was Cliniko sagt.</translation>
    </message>
    <message>
      <source>‘{field}’ does not show what was written last.</source>
      <translation>„{field}“ zeigt nicht, was zuletzt geschrieben wurde.</translation>
    </message>
    <message>
      <source>‘{field}’ of the deal does not show what was written last.</source>
      <translation>„{field}“ des Deals zeigt nicht, was zuletzt geschrieben wurde.</translation>
    </message>
    <message>
      <source>‘{field}’ on the contact is not this record's.</source>
      <translation>„{field}“ am Kontakt gehört nicht zu diesem Datensatz.</translation>
    </message>
    <message>
      <source>“{zone}” is no time zone, such as Australia/Melbourne.</source>
      <translation>„{zone}“ ist keine Zeitzone wie etwa Australia/Melbourne.</translation>
    </message>
  </context>
  <context>
    <name>Diagnostics</name>
    <message>
      <source>Checks of this computer</source>
      <translation>Prüfungen dieses Computers</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Diagnostics bundle</source>
      <translation>Diagnosepaket</translation>
    </message>
    <message>
      <source>Gathering…</source>
      <translation>Wird zusammengestellt…</translation>
    </message>
    <message>
      <source>Log: {name}</source>
      <translation>Protokoll: {name}</translation>
    </message>
    <message>
      <source>Numbers of past runs</source>
      <translation>Zahlen früherer Läufe</translation>
    </message>
    <message>
      <source>Parts</source>
      <translation>Teile</translation>
    </message>
    <message>
      <source>Save…</source>
      <translation>Sichern…</translation>
    </message>
    <message>
      <source>Settings without lists</source>
      <translation>Einstellungen ohne Listen</translation>
    </message>
    <message>
      <source>Text of the part</source>
      <translation>Text des Teils</translation>
    </message>
    <message>
      <source>Version and system</source>
      <translation>Version und System</translation>
    </message>
    <message>
      <source>What the bundle holds; choose a part to read it.</source>
      <translation>Was das Paket enthält; wählen Sie einen Teil, um ihn zu lesen.</translation>
    </message>
    <message>
      <source>Without keys, names, addresses or free text. Choose a part to read it as it will be saved; nothing is sent anywhere.</source>
      <translation>Ohne Schlüssel, Namen, Adressen oder freien Text. Wählen Sie einen Teil, um ihn so zu lesen, wie er gesichert wird; gesendet wird nichts.</translation>
    </message>
  </context>
  <context>
    <name>DropArea</name>
    <message>
      <source>Choose file…</source>
      <translation>Datei wählen…</translation>
    </message>
    <message>
      <source>Drop a CSV file here, or choose one.</source>
      <translation>Ziehen Sie eine CSV-Datei hierher oder wählen Sie eine.</translation>
    </message>
    <message>
      <source>Tables (*.csv *.txt *.tsv);;All files (*)</source>
      <translation>Tabellen (*.csv *.txt *.tsv);;Alle Dateien (*)</translation>
    </message>
    <message>
      <source>Those are several files. Import them one after another.</source>
      <translation>Das sind mehrere Dateien. Importieren Sie eine nach der anderen.</translation>
    </message>
  </context>
  <context>
    <name>Errors</name>
    <message>
      <source>A service cannot be reached at the moment. Nothing is lost.</source>
      <translation>Ein Dienst ist gerade nicht erreichbar. Nichts geht verloren.</translation>
    </message>
    <message>
      <source>Another copy of ClinicBridge is syncing right now.</source>
      <translation>Ein anderes ClinicBridge gleicht gerade ab.</translation>
    </message>
    <message>
      <source>Check the network and the database server; ClinicBridge goes on once it answers.</source>
      <translation>Prüfen Sie Netzwerk und Datenbankserver; sobald er antwortet, macht ClinicBridge weiter.</translation>
    </message>
    <message>
      <source>ClinicBridge tries again by itself.</source>
      <translation>ClinicBridge versucht es von selbst wieder.</translation>
    </message>
    <message>
      <source>Close ClinicBridge on this computer and open it again.</source>
      <translation>Schließen Sie ClinicBridge auf diesem Computer und öffnen Sie es wieder.</translation>
    </message>
    <message>
      <source>Correct it and try again.</source>
      <translation>Bitte berichtigen und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Free some custom properties in HubSpot or choose a larger HubSpot plan.</source>
      <translation>Geben Sie in HubSpot eigene Eigenschaften frei oder wählen Sie einen größeren HubSpot-Tarif.</translation>
    </message>
    <message>
      <source>Install the newer version again.</source>
      <translation>Installieren Sie wieder die neuere Version.</translation>
    </message>
    <message>
      <source>Nothing has changed on this computer.</source>
      <translation>Auf diesem Computer hat sich nichts geändert.</translation>
    </message>
    <message>
      <source>Please send the diagnostics file from the Help page.</source>
      <translation>Bitte schicken Sie die Diagnosedatei von der Hilfeseite.</translation>
    </message>
    <message>
      <source>Put the headings back, or name the columns in the mapping.</source>
      <translation>Setzen Sie die Überschriften wieder ein oder benennen Sie die Spalten in der Zuordnung.</translation>
    </message>
    <message>
      <source>Restore the last backup from the data folder, or call support.</source>
      <translation>Stellen Sie die letzte Sicherung aus dem Datenordner wieder her oder rufen Sie den Support an.</translation>
    </message>
    <message>
      <source>See the question about it under Needs you.</source>
      <translation>Siehe die Frage dazu unter „Zu klären“.</translation>
    </message>
    <message>
      <source>Set both keys under Settings, Connections.</source>
      <translation>Setzen Sie beide Schlüssel unter Einstellungen, Verbindungen.</translation>
    </message>
    <message>
      <source>Something went wrong inside ClinicBridge.</source>
      <translation>In ClinicBridge ist etwas schiefgegangen.</translation>
    </message>
    <message>
      <source>Stopped as asked.</source>
      <translation>Wie gewünscht angehalten.</translation>
    </message>
    <message>
      <source>The HubSpot plan has too few free custom properties for ClinicBridge.</source>
      <translation>Der HubSpot-Tarif hat zu wenige freie eigene Eigenschaften für ClinicBridge.</translation>
    </message>
    <message>
      <source>The address of the service is not safe to send a key to.</source>
      <translation>Die Adresse des Dienstes ist nicht sicher genug, um ihr einen Schlüssel zu schicken.</translation>
    </message>
    <message>
      <source>The database of this computer was changed in the settings.</source>
      <translation>In den Einstellungen wurde eine andere Datenbank gewählt.</translation>
    </message>
    <message>
      <source>The dates in this file do not show whether the day or the month comes first.</source>
      <translation>Die Datumsangaben in dieser Datei zeigen nicht, ob der Tag oder der Monat zuerst kommt.</translation>
    </message>
    <message>
      <source>The first row of the file does not hold headings of a Cliniko export.</source>
      <translation>Die erste Zeile der Datei enthält keine Überschriften eines Cliniko-Exports.</translation>
    </message>
    <message>
      <source>The keys of Cliniko and HubSpot are not set yet.</source>
      <translation>Die Schlüssel von Cliniko und HubSpot sind noch nicht gesetzt.</translation>
    </message>
    <message>
      <source>The local data of ClinicBridge cannot be used.</source>
      <translation>Die Daten von ClinicBridge auf diesem Computer sind nicht benutzbar.</translation>
    </message>
    <message>
      <source>The local data was written by a newer version of ClinicBridge.</source>
      <translation>Die Daten auf diesem Computer stammen von einer neueren Version von ClinicBridge.</translation>
    </message>
    <message>
      <source>The next run goes on by itself.</source>
      <translation>Der nächste Lauf macht von selbst weiter.</translation>
    </message>
    <message>
      <source>The next run goes on where this one stopped.</source>
      <translation>Der nächste Lauf macht dort weiter, wo dieser aufgehört hat.</translation>
    </message>
    <message>
      <source>The service did not accept a change.</source>
      <translation>Der Dienst hat eine Änderung nicht angenommen.</translation>
    </message>
    <message>
      <source>The shared database cannot be reached.</source>
      <translation>Die gemeinsame Datenbank ist nicht erreichbar.</translation>
    </message>
    <message>
      <source>This cannot be used as it is.</source>
      <translation>So lässt sich das nicht verwenden.</translation>
    </message>
    <message>
      <source>This computer has no password store that ClinicBridge can use (on Linux: GNOME Keyring, KWallet or KeePassXC with Secret Service).</source>
      <translation>Dieser Computer hat keinen Passwortspeicher, den ClinicBridge benutzen kann (unter Linux: GNOME Keyring, KWallet oder KeePassXC mit Secret Service).</translation>
    </message>
    <message>
      <source>This computer lost touch with the shared database, so another one may have gone on.</source>
      <translation>Dieser Computer hatte keine Verbindung zur gemeinsamen Datenbank; vielleicht hat inzwischen ein anderer weitergemacht.</translation>
    </message>
    <message>
      <source>Unlock or install it, or keep the keys for this session only.</source>
      <translation>Entsperren oder installieren Sie ihn, oder behalten Sie die Schlüssel nur für diese Sitzung.</translation>
    </message>
    <message>
      <source>Use an address that begins with https:// (plain http:// works for this computer only).</source>
      <translation>Verwenden Sie eine Adresse, die mit https:// beginnt (einfaches http:// geht nur für diesen Computer).</translation>
    </message>
    <message>
      <source>Wait until it has finished.</source>
      <translation>Warten Sie, bis es fertig ist.</translation>
    </message>
    <message>
      <source>What came back about updates cannot be trusted and is ignored.</source>
      <translation>Was zu Aktualisierungen zurückkam, ist nicht vertrauenswürdig und wird nicht beachtet.</translation>
    </message>
  </context>
  <context>
    <name>Help</name>
    <message>
      <source>Check this computer</source>
      <translation>Diesen Computer prüfen</translation>
    </message>
    <message>
      <source>Checking…</source>
      <translation>Wird geprüft…</translation>
    </message>
    <message>
      <source>ClinicBridge {version}</source>
      <translation>ClinicBridge {version}</translation>
    </message>
    <message>
      <source>Diagnostics bundle…</source>
      <translation>Diagnosepaket…</translation>
    </message>
    <message>
      <source>Guide</source>
      <translation>Anleitung</translation>
    </message>
    <message>
      <source>Guides</source>
      <translation>Anleitungen</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Hilfe</translation>
    </message>
    <message>
      <source>One guide for each task; choose one to read it.</source>
      <translation>Eine Anleitung für jede Aufgabe; wählen Sie eine zum Lesen.</translation>
    </message>
    <message>
      <source>Saved as {name}: {parts}</source>
      <translation>Gesichert als {name}: {parts}</translation>
    </message>
    <message>
      <source>Set up again…</source>
      <translation>Neu einrichten…</translation>
    </message>
  </context>
  <context>
    <name>History</name>
    <message>
      <source>Appointments</source>
      <translation>Termine</translation>
    </message>
    <message>
      <source>Asking Cliniko what there is; nothing is written…</source>
      <translation>Cliniko wird gefragt, was es gibt; geschrieben wird nichts…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Rechnungen</translation>
    </message>
    <message>
      <source>It has begun. Home shows how far it is; what was made can be undone run by run under Activity.</source>
      <translation>Es hat begonnen. „Start“ zeigt, wie weit es ist; was angelegt wurde, lässt sich unter „Aktivität“ Lauf für Lauf rückgängig machen.</translation>
    </message>
    <message>
      <source>It is loaded since {day} already. Choose an earlier day for more.</source>
      <translation>Seit {day} ist schon geladen. Wählen Sie einen früheren Tag für mehr.</translation>
    </message>
    <message>
      <source>Load history</source>
      <translation>Frühere Daten laden</translation>
    </message>
    <message>
      <source>Load history from Cliniko</source>
      <translation>Frühere Daten aus Cliniko laden</translation>
    </message>
    <message>
      <source>Nothing was written. Loading takes about {runs} runs; whoever is not in HubSpot is left out.</source>
      <translation>Geschrieben wurde nichts. Das Laden braucht etwa {runs} Läufe; wer nicht in HubSpot ist, bleibt ausgelassen.</translation>
    </message>
    <message>
      <source>Past appointments and invoices since the day you choose become deals in HubSpot, as if they had been synced when they happened. It takes as many runs as it needs, and goes on by itself after a break.</source>
      <translation>Vergangene Termine und Rechnungen seit dem gewählten Tag werden zu Deals in HubSpot, als wären sie damals abgeglichen worden. Es braucht so viele Läufe, wie nötig sind, und geht nach einer Unterbrechung von selbst weiter.</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>Fortschritt</translation>
    </message>
    <message>
      <source>Rehearse</source>
      <translation>Probelauf starten</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>Seit</translation>
    </message>
    <message>
      <source>Stopped. Nothing was written.</source>
      <translation>Angehalten. Geschrieben wurde nichts.</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Hält an…</translation>
    </message>
    <message>
      <source>There is nothing to load: nothing older is there, or the first sync has not finished yet.</source>
      <translation>Es gibt nichts zu laden: Älteres ist nicht da, oder der erste Abgleich ist noch nicht fertig.</translation>
    </message>
    <message>
      <source>Wait for you</source>
      <translation>Warten auf Sie</translation>
    </message>
  </context>
  <context>
    <name>Home</name>
    <message>
      <source>1 hour</source>
      <translation>1 Stunde</translation>
    </message>
    <message>
      <source>A run is under way</source>
      <translation>Ein Lauf ist im Gange</translation>
    </message>
    <message>
      <source>API calls today</source>
      <translation>API-Aufrufe heute</translation>
    </message>
    <message>
      <source>API use against the limits</source>
      <translation>API-Nutzung im Vergleich zu den Grenzen</translation>
    </message>
    <message>
      <source>Cliniko, busiest minute</source>
      <translation>Cliniko, stärkste Minute</translation>
    </message>
    <message>
      <source>Cliniko: {used}, at most {limit} a minute</source>
      <translation>Cliniko: {used}, höchstens {limit} je Minute</translation>
    </message>
    <message>
      <source>Created</source>
      <translation>Neu</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Fehler</translation>
    </message>
    <message>
      <source>Held</source>
      <translation>Bei Ihnen</translation>
    </message>
    <message>
      <source>Home</source>
      <translation>Start</translation>
    </message>
    <message>
      <source>HubSpot, today</source>
      <translation>HubSpot, heute</translation>
    </message>
    <message>
      <source>HubSpot: {used} of {limit} a day</source>
      <translation>HubSpot: {used} von {limit} am Tag</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>Zuletzt</translation>
    </message>
    <message>
      <source>Next run</source>
      <translation>Nächster Lauf</translation>
    </message>
    <message>
      <source>Next run and use</source>
      <translation>Nächster Lauf und Verbrauch</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Pause for how long</source>
      <translation>Wie lange pausieren</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>Fortschritt</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Stream</source>
      <translation>Bereich</translation>
    </message>
    <message>
      <source>Streams</source>
      <translation>Bereiche</translation>
    </message>
    <message>
      <source>Sync now</source>
      <translation>Jetzt abgleichen</translation>
    </message>
    <message>
      <source>The last 14 days</source>
      <translation>Die letzten 14 Tage</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Heute</translation>
    </message>
    <message>
      <source>Until resumed</source>
      <translation>Bis ich fortsetze</translation>
    </message>
    <message>
      <source>Updated</source>
      <translation>Geändert</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>Wartet</translation>
    </message>
    <message>
      <source>What each stream did in its last run: created, updated, waiting, held and failed.</source>
      <translation>Was in jedem Bereich beim letzten Lauf geschah: angelegt, aktualisiert, wartend, bei Ihnen und gescheitert.</translation>
    </message>
    <message>
      <source>When the pause is over</source>
      <translation>Wenn die Pause vorbei ist</translation>
    </message>
    <message>
      <source>less than 1 %</source>
      <translation>unter 1 %</translation>
    </message>
    <message>
      <source>off</source>
      <translation>aus</translation>
    </message>
    <message>
      <source>{share} %</source>
      <translation>{share} %</translation>
    </message>
  </context>
  <context>
    <name>HubSpotSetup</name>
    <message>
      <source>All that ClinicBridge owns is listed here.</source>
      <translation>Alles, was ClinicBridge gehört, steht hier.</translation>
    </message>
    <message>
      <source>As it should be</source>
      <translation>Wie es sein soll</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>Geändert</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>Prüfen</translation>
    </message>
    <message>
      <source>Comparing…</source>
      <translation>Wird verglichen…</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Kontakt</translation>
    </message>
    <message>
      <source>Custom properties used: {parts}</source>
      <translation>Verwendete eigene Eigenschaften: {parts}</translation>
    </message>
    <message>
      <source>Deal</source>
      <translation>Deal</translation>
    </message>
    <message>
      <source>Differences</source>
      <translation>Unterschiede</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>Alles</translation>
    </message>
    <message>
      <source>Everything is there and as it should be.</source>
      <translation>Alles ist da und so, wie es sein soll.</translation>
    </message>
    <message>
      <source>Everything that ClinicBridge owns in HubSpot, with its meaning and privacy level.</source>
      <translation>Alles, was ClinicBridge in HubSpot gehört, mit Zweck und Datenschutzstufe.</translation>
    </message>
    <message>
      <source>Filled in</source>
      <translation>Ausgefüllt</translation>
    </message>
    <message>
      <source>Finding</source>
      <translation>Befund</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>Gruppe</translation>
    </message>
    <message>
      <source>Harmless</source>
      <translation>Harmlos</translation>
    </message>
    <message>
      <source>Holds something up</source>
      <translation>Hält etwas auf</translation>
    </message>
    <message>
      <source>HubSpot set-up</source>
      <translation>HubSpot-Einrichtung</translation>
    </message>
    <message>
      <source>Label</source>
      <translation>Beschriftung</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>Stufe</translation>
    </message>
    <message>
      <source>Meaning</source>
      <translation>Zweck</translation>
    </message>
    <message>
      <source>Missing</source>
      <translation>Fehlt</translation>
    </message>
    <message>
      <source>Missing groups, properties, pipelines and stages are created in HubSpot. Nothing is deleted and nothing of yours is changed. What was created stays.</source>
      <translation>Fehlende Gruppen, Eigenschaften, Pipelines und Phasen werden in HubSpot angelegt. Nichts wird gelöscht und nichts von Ihnen geändert. Was angelegt wurde, bleibt.</translation>
    </message>
    <message>
      <source>Missing or broken: {count}. Repair puts it back; nothing is lost.</source>
      <translation>Fehlend oder beschädigt: {count}. „Reparieren“ stellt es wieder her; nichts geht verloren.</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>No differences known</source>
      <translation>Keine Unterschiede bekannt</translation>
    </message>
    <message>
      <source>Not checked</source>
      <translation>Nicht geprüft</translation>
    </message>
    <message>
      <source>Noted</source>
      <translation>Beachtenswert</translation>
    </message>
    <message>
      <source>On</source>
      <translation>An</translation>
    </message>
    <message>
      <source>Parts</source>
      <translation>Teile</translation>
    </message>
    <message>
      <source>Pipeline</source>
      <translation>Pipeline</translation>
    </message>
    <message>
      <source>Press Check to compare HubSpot with what ClinicBridge needs.</source>
      <translation>Drücken Sie „Prüfen“, um HubSpot mit dem zu vergleichen, was ClinicBridge braucht.</translation>
    </message>
    <message>
      <source>Property</source>
      <translation>Eigenschaft</translation>
    </message>
    <message>
      <source>Put back what is missing?</source>
      <translation>Fehlendes wiederherstellen?</translation>
    </message>
    <message>
      <source>Repair</source>
      <translation>Reparieren</translation>
    </message>
    <message>
      <source>Repairing…</source>
      <translation>Wird repariert…</translation>
    </message>
    <message>
      <source>Save the property list…</source>
      <translation>Liste der Eigenschaften sichern…</translation>
    </message>
    <message>
      <source>Saved as {name}</source>
      <translation>Gesichert als {name}</translation>
    </message>
    <message>
      <source>Some things differ, but nothing is held up by it.</source>
      <translation>Manches ist anders, aber nichts wird dadurch aufgehalten.</translation>
    </message>
    <message>
      <source>Stage</source>
      <translation>Phase</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Weight</source>
      <translation>Bedeutung</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What is missing or changed in HubSpot, and how much it matters.</source>
      <translation>Was in HubSpot fehlt oder geändert ist und wie wichtig das ist.</translation>
    </message>
    <message>
      <source>What is missing or was changed is listed here.</source>
      <translation>Was fehlt oder geändert wurde, steht hier.</translation>
    </message>
    <message>
      <source>Your own groups, properties and pipelines are never touched. Put stages of your own into a pipeline of your own.</source>
      <translation>Ihre eigenen Gruppen, Eigenschaften und Pipelines werden nie angerührt. Eigene Phasen gehören in eine eigene Pipeline.</translation>
    </message>
    <message>
      <source>{what}: {used} of {limit}</source>
      <translation>{what}: {used} von {limit}</translation>
    </message>
  </context>
  <context>
    <name>Import</name>
    <message>
      <source>1  File</source>
      <translation>1  Datei</translation>
    </message>
    <message>
      <source>2  Columns</source>
      <translation>2  Spalten</translation>
    </message>
    <message>
      <source>3  Rehearsal</source>
      <translation>3  Probelauf</translation>
    </message>
    <message>
      <source>4  Import</source>
      <translation>4  Import</translation>
    </message>
    <message>
      <source>All rows</source>
      <translation>Alle Zeilen</translation>
    </message>
    <message>
      <source>Appointments</source>
      <translation>Termine</translation>
    </message>
    <message>
      <source>Back to the columns</source>
      <translation>Zurück zu den Spalten</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Choose another file</source>
      <translation>Andere Datei wählen</translation>
    </message>
    <message>
      <source>Choose another outcome to see the other rows.</source>
      <translation>Wählen Sie ein anderes Ergebnis, um die übrigen Zeilen zu sehen.</translation>
    </message>
    <message>
      <source>Choose what each column is taken for.</source>
      <translation>Wählen Sie, als was jede Spalte gilt.</translation>
    </message>
    <message>
      <source>Cliniko ID</source>
      <translation>Cliniko-ID</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Found by its headings</source>
      <translation>An den Überschriften erkannt</translation>
    </message>
    <message>
      <source>Get the file in Cliniko under Settings, Data exports: Patients or Appointments, any date range. Nothing is written before you have seen a rehearsal.</source>
      <translation>Die Datei bekommen Sie in Cliniko unter Settings, Data exports: Patients oder Appointments, beliebiger Zeitraum. Nichts wird geschrieben, bevor Sie einen Probelauf gesehen haben.</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Weitermachen</translation>
    </message>
    <message>
      <source>If they are headings of your own, choose the type of file below.</source>
      <translation>Wenn es eigene Überschriften sind, wählen Sie unten die Art der Datei.</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Import</translation>
    </message>
    <message>
      <source>Import another file</source>
      <translation>Weitere Datei importieren</translation>
    </message>
    <message>
      <source>Import now</source>
      <translation>Jetzt importieren</translation>
    </message>
    <message>
      <source>Importing {name}</source>
      <translation>{name} wird importiert</translation>
    </message>
    <message>
      <source>In the clinic's country it is usually: {order}.</source>
      <translation>Im Land der Praxis ist üblich: {order}.</translation>
    </message>
    <message>
      <source>It went on after row {row}, where it was broken off before.</source>
      <translation>Es ging nach Zeile {row} weiter, wo es zuvor abgebrochen worden war.</translation>
    </message>
    <message>
      <source>Its times are in the time zone</source>
      <translation>Die Zeiten sind in der Zeitzone</translation>
    </message>
    <message>
      <source>Linked with what is there</source>
      <translation>Mit Vorhandenem verknüpft</translation>
    </message>
    <message>
      <source>Load history from Cliniko</source>
      <translation>Frühere Daten aus Cliniko laden</translation>
    </message>
    <message>
      <source>Look whether each column is taken for the right thing, then rehearse.</source>
      <translation>Sehen Sie nach, ob jede Spalte als das Richtige gilt, und starten Sie dann den Probelauf.</translation>
    </message>
    <message>
      <source>Looking through the file…</source>
      <translation>Die Datei wird durchgesehen…</translation>
    </message>
    <message>
      <source>New in HubSpot</source>
      <translation>Neu in HubSpot</translation>
    </message>
    <message>
      <source>No file is needed where the Cliniko key may read past appointments and invoices: choose a day, and everything since then becomes deals.</source>
      <translation>Keine Datei ist nötig, wenn der Cliniko-Schlüssel vergangene Termine und Rechnungen lesen darf: Wählen Sie einen Tag, und alles seither wird zu Deals.</translation>
    </message>
    <message>
      <source>No row had to change anything.</source>
      <translation>Keine Zeile musste etwas ändern.</translation>
    </message>
    <message>
      <source>No such row</source>
      <translation>Keine solche Zeile</translation>
    </message>
    <message>
      <source>Not reached</source>
      <translation>Nicht erreicht</translation>
    </message>
    <message>
      <source>Nothing was written.</source>
      <translation>Geschrieben wurde nichts.</translation>
    </message>
    <message>
      <source>Opening {name}…</source>
      <translation>{name} wird geöffnet…</translation>
    </message>
    <message>
      <source>Outcome</source>
      <translation>Ergebnis</translation>
    </message>
    <message>
      <source>Patients</source>
      <translation>Patienten</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Please choose</source>
      <translation>Bitte wählen</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>Fortschritt</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Abgelehnt</translation>
    </message>
    <message>
      <source>Rehearse</source>
      <translation>Probelauf starten</translation>
    </message>
    <message>
      <source>Rehearsing {name}; nothing is written</source>
      <translation>Probelauf für {name}; geschrieben wird nichts</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Zeile</translation>
    </message>
    <message>
      <source>Rows</source>
      <translation>Zeilen</translation>
    </message>
    <message>
      <source>Save report…</source>
      <translation>Bericht sichern…</translation>
    </message>
    <message>
      <source>Search row, ID or reason</source>
      <translation>Zeile, ID oder Grund suchen</translation>
    </message>
    <message>
      <source>Some rows cannot be imported, the first of them is row {row}. The rehearsal tells why.</source>
      <translation>Manche Zeilen lassen sich nicht importieren, die erste ist Zeile {row}. Der Probelauf sagt, warum.</translation>
    </message>
    <message>
      <source>Stopped before anything was written.</source>
      <translation>Angehalten, bevor etwas geschrieben wurde.</translation>
    </message>
    <message>
      <source>Stopping after what is under way…</source>
      <translation>Hält nach dem an, was gerade läuft…</translation>
    </message>
    <message>
      <source>Taken over</source>
      <translation>Übernommen</translation>
    </message>
    <message>
      <source>The clinic's own</source>
      <translation>Die der Praxis</translation>
    </message>
    <message>
      <source>The columns are taken as you chose for such a file before.</source>
      <translation>Die Spalten gelten, wie Sie es zuvor für eine solche Datei gewählt haben.</translation>
    </message>
    <message>
      <source>The dates in this file do not show whether the day or the month comes first.</source>
      <translation>Die Datumsangaben in dieser Datei zeigen nicht, ob der Tag oder der Monat zuerst kommt.</translation>
    </message>
    <message>
      <source>The day, as in 31/12/1990</source>
      <translation>Der Tag, wie in 31/12/1990</translation>
    </message>
    <message>
      <source>The month, as in 12/31/1990</source>
      <translation>Der Monat, wie in 12/31/1990</translation>
    </message>
    <message>
      <source>The report is saved as {name}.</source>
      <translation>Der Bericht ist gesichert als {name}.</translation>
    </message>
    <message>
      <source>There is no row below the headings, so there is nothing to import.</source>
      <translation>Unter den Überschriften steht keine Zeile, also gibt es nichts zu importieren.</translation>
    </message>
    <message>
      <source>There is nothing to import: no row would change anything.</source>
      <translation>Es gibt nichts zu importieren: Keine Zeile würde etwas ändern.</translation>
    </message>
    <message>
      <source>To be done</source>
      <translation>Zu tun</translation>
    </message>
    <message>
      <source>Type of file</source>
      <translation>Art der Datei</translation>
    </message>
    <message>
      <source>Unchanged</source>
      <translation>Unverändert</translation>
    </message>
    <message>
      <source>Updated</source>
      <translation>Aktualisiert</translation>
    </message>
    <message>
      <source>Waiting until the run that is going on has finished.</source>
      <translation>Wartet, bis der jetzige Lauf fertig ist.</translation>
    </message>
    <message>
      <source>Waits for you</source>
      <translation>Wartet auf Sie</translation>
    </message>
    <message>
      <source>What each row of the file did, or would do, and why not.</source>
      <translation>Was jede Zeile der Datei getan hat oder tun würde und warum nicht.</translation>
    </message>
    <message>
      <source>What is done stays done. Go on whenever you like, also with the same file on another day.</source>
      <translation>Was getan ist, bleibt getan. Machen Sie weiter, wann Sie mögen, auch an einem anderen Tag mit derselben Datei.</translation>
    </message>
    <message>
      <source>What needs a look</source>
      <translation>Was Sie ansehen sollten</translation>
    </message>
    <message>
      <source>What waits for you is asked under Needs you.</source>
      <translation>Was auf Sie wartet, steht unter „Zu klären“.</translation>
    </message>
    <message>
      <source>What waits for you will be asked under Needs you.</source>
      <translation>Was auf Sie wartet, wird unter „Zu klären“ stehen.</translation>
    </message>
    <message>
      <source>What, or why not</source>
      <translation>Was, oder warum nicht</translation>
    </message>
    <message>
      <source>Which column has the patient's ID? Choose “Patient ID” beside it.</source>
      <translation>Welche Spalte hat die ID des Patienten? Wählen Sie daneben „Patienten-ID“.</translation>
    </message>
    <message>
      <source>Which column tells the patient? Choose “Patient ID, one or several” beside it.</source>
      <translation>Welche Spalte nennt den Patienten? Wählen Sie daneben „Patienten-ID, eine oder mehrere“.</translation>
    </message>
    <message>
      <source>Which column tells when an appointment starts? Choose “Start” beside it.</source>
      <translation>Welche Spalte sagt, wann ein Termin beginnt? Wählen Sie daneben „Beginn“.</translation>
    </message>
    <message>
      <source>Which comes first in its dates?</source>
      <translation>Was kommt in den Datumsangaben zuerst?</translation>
    </message>
    <message>
      <source>Without a file</source>
      <translation>Ohne Datei</translation>
    </message>
    <message>
      <source>You can use the other pages meanwhile.</source>
      <translation>Sie können inzwischen die anderen Seiten benutzen.</translation>
    </message>
    <message>
      <source>cannot be imported: {count}</source>
      <translation>nicht importierbar: {count}</translation>
    </message>
    <message>
      <source>columns: {count}</source>
      <translation>Spalten: {count}</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>repeated: {count}</source>
      <translation>wiederholt: {count}</translation>
    </message>
    <message>
      <source>report</source>
      <translation>Bericht</translation>
    </message>
    <message>
      <source>rows: {count}</source>
      <translation>Zeilen: {count}</translation>
    </message>
    <message>
      <source>written in {encoding}</source>
      <translation>geschrieben in {encoding}</translation>
    </message>
    <message>
      <source>{done} of {total} rows</source>
      <translation>{done} von {total} Zeilen</translation>
    </message>
    <message>
      <source>{name} is imported</source>
      <translation>{name} ist importiert</translation>
    </message>
    <message>
      <source>{name}: stopped</source>
      <translation>{name}: angehalten</translation>
    </message>
    <message>
      <source>{name}: this is what the import would do</source>
      <translation>{name}: Das würde der Import tun</translation>
    </message>
  </context>
  <context>
    <name>ImportReasons</name>
    <message>
      <source>A date in it cannot be read.</source>
      <translation>Ein Datum in der Zeile ist nicht lesbar.</translation>
    </message>
    <message>
      <source>A date in it is not a real day.</source>
      <translation>Ein Datum in der Zeile gibt es nicht.</translation>
    </message>
    <message>
      <source>A group appointment with nobody in it.</source>
      <translation>Ein Gruppentermin, in dem niemand ist.</translation>
    </message>
    <message>
      <source>A time in it cannot be read.</source>
      <translation>Eine Uhrzeit in der Zeile ist nicht lesbar.</translation>
    </message>
    <message>
      <source>A time in it is not a real one.</source>
      <translation>Eine Uhrzeit in der Zeile gibt es nicht.</translation>
    </message>
    <message>
      <source>A time that was blocked, with nobody in it.</source>
      <translation>Eine gesperrte Zeit, in der niemand ist.</translation>
    </message>
    <message>
      <source>Cliniko has told something newer.</source>
      <translation>Cliniko hat Neueres mitgeteilt.</translation>
    </message>
    <message>
      <source>Cliniko itself told of it already.</source>
      <translation>Cliniko selbst hat das schon mitgeteilt.</translation>
    </message>
    <message>
      <source>Group appointments are switched off.</source>
      <translation>Gruppentermine sind ausgeschaltet.</translation>
    </message>
    <message>
      <source>HubSpot did not accept it.</source>
      <translation>HubSpot hat sie nicht angenommen.</translation>
    </message>
    <message>
      <source>It does not tell when the appointment starts.</source>
      <translation>Die Zeile sagt nicht, wann der Termin beginnt.</translation>
    </message>
    <message>
      <source>It has more cells than there are headings.</source>
      <translation>Die Zeile hat mehr Zellen, als es Überschriften gibt.</translation>
    </message>
    <message>
      <source>It has no patient ID.</source>
      <translation>Die Zeile hat keine Patienten-ID.</translation>
    </message>
    <message>
      <source>It is not clear which patient is meant.</source>
      <translation>Es ist nicht klar, welcher Patient gemeint ist.</translation>
    </message>
    <message>
      <source>It is not known whether the day or the month of a date in it comes first.</source>
      <translation>Es ist nicht bekannt, ob bei einem Datum in der Zeile der Tag oder der Monat zuerst kommt.</translation>
    </message>
    <message>
      <source>It names no patient.</source>
      <translation>Die Zeile nennt keinen Patienten.</translation>
    </message>
    <message>
      <source>Its ID is in scientific notation, so digits are lost. Export the file again.</source>
      <translation>Die ID steht in wissenschaftlicher Schreibweise, also fehlen Ziffern. Exportieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
      <source>Its ID is not a number.</source>
      <translation>Die ID ist keine Zahl.</translation>
    </message>
    <message>
      <source>Its patient waits for an answer of yours.</source>
      <translation>Der Patient wartet auf eine Antwort von Ihnen.</translation>
    </message>
    <message>
      <source>Left out: its category is excluded.</source>
      <translation>Ausgelassen: Die Kategorie ist ausgenommen.</translation>
    </message>
    <message>
      <source>Left out: its deal was deleted in HubSpot.</source>
      <translation>Ausgelassen: Der Deal wurde in HubSpot gelöscht.</translation>
    </message>
    <message>
      <source>Left out: its patient is not in HubSpot.</source>
      <translation>Ausgelassen: Der Patient ist nicht in HubSpot.</translation>
    </message>
    <message>
      <source>Left out: on hold.</source>
      <translation>Ausgelassen: Zurückgestellt.</translation>
    </message>
    <message>
      <source>Left out: removed in Cliniko.</source>
      <translation>Ausgelassen: In Cliniko entfernt.</translation>
    </message>
    <message>
      <source>Left out: {reason}</source>
      <translation>Ausgelassen: {reason}</translation>
    </message>
    <message>
      <source>Letters in it were lost when the file was saved.</source>
      <translation>Beim Speichern der Datei gingen in der Zeile Buchstaben verloren.</translation>
    </message>
    <message>
      <source>Skipped, as you said.</source>
      <translation>Übersprungen, wie Sie es gesagt haben.</translation>
    </message>
    <message>
      <source>Still to come, so the usual sync brings it.</source>
      <translation>Liegt in der Zukunft, also bringt ihn der übliche Abgleich.</translation>
    </message>
    <message>
      <source>The appointment stands in an earlier row.</source>
      <translation>Der Termin steht in einer früheren Zeile.</translation>
    </message>
    <message>
      <source>The file breaks off within this row.</source>
      <translation>Die Datei bricht in dieser Zeile ab.</translation>
    </message>
    <message>
      <source>The patient stands in an earlier row.</source>
      <translation>Der Patient steht in einer früheren Zeile.</translation>
    </message>
    <message>
      <source>The time zone of a time in it cannot be read.</source>
      <translation>Die Zeitzone einer Uhrzeit in der Zeile ist nicht lesbar.</translation>
    </message>
    <message>
      <source>The year of a date in it has two digits only.</source>
      <translation>Das Jahr eines Datums in der Zeile hat nur zwei Ziffern.</translation>
    </message>
    <message>
      <source>Waits for your answer to a question.</source>
      <translation>Wartet auf Ihre Antwort auf eine Frage.</translation>
    </message>
    <message>
      <source>Waits for your answer: {question}</source>
      <translation>Wartet auf Ihre Antwort: {question}</translation>
    </message>
  </context>
  <context>
    <name>KeyStep</name>
    <message>
      <source>A service key needs rights to read and write contacts and deals, and to read users.</source>
      <translation>Ein Dienstschlüssel braucht das Recht, Kontakte und Deals zu lesen und zu schreiben und Benutzer zu lesen.</translation>
    </message>
    <message>
      <source>Connect Cliniko</source>
      <translation>Cliniko verbinden</translation>
    </message>
    <message>
      <source>Connect HubSpot</source>
      <translation>HubSpot verbinden</translation>
    </message>
    <message>
      <source>The key can do what its user may do. Take a user who sees all patients and appointments.</source>
      <translation>Der Schlüssel darf, was sein Benutzer darf. Nehmen Sie einen Benutzer, der alle Patienten und Termine sieht.</translation>
    </message>
  </context>
  <context>
    <name>Keys</name>
    <message>
      <source>A key is kept in memory until ClinicBridge ends.</source>
      <translation>Ein Schlüssel bleibt im Arbeitsspeicher, bis ClinicBridge endet.</translation>
    </message>
    <message>
      <source>A key is set. It lies in this computer's password store.</source>
      <translation>Ein Schlüssel ist gesetzt. Er liegt im Passwortspeicher dieses Computers.</translation>
    </message>
    <message>
      <source>Forget key</source>
      <translation>Schlüssel vergessen</translation>
    </message>
    <message>
      <source>No key yet.</source>
      <translation>Noch kein Schlüssel.</translation>
    </message>
    <message>
      <source>Paste another one above.</source>
      <translation>Fügen Sie oben einen anderen ein.</translation>
    </message>
    <message>
      <source>Paste the key here</source>
      <translation>Schlüssel hier einfügen</translation>
    </message>
    <message>
      <source>Paste the key into the field first.</source>
      <translation>Fügen Sie den Schlüssel zuerst in das Feld ein.</translation>
    </message>
    <message>
      <source>Set key</source>
      <translation>Schlüssel setzen</translation>
    </message>
    <message>
      <source>Test key</source>
      <translation>Schlüssel testen</translation>
    </message>
    <message>
      <source>Testing… If this computer's password store asks for a password, answer it.</source>
      <translation>Wird geprüft … Fragt der Passwortspeicher dieses Computers nach einem Kennwort, geben Sie es dort ein.</translation>
    </message>
    <message>
      <source>The key comes from this computer's environment and is kept nowhere.</source>
      <translation>Der Schlüssel kommt aus der Umgebung dieses Computers und wird nirgends aufbewahrt.</translation>
    </message>
  </context>
  <context>
    <name>Labels</name>
    <message>
      <source>Accepts SMS marketing</source>
      <translation>SMS-Marketing erlaubt</translation>
    </message>
    <message>
      <source>Accepts e-mail marketing</source>
      <translation>E-Mail-Marketing erlaubt</translation>
    </message>
    <message>
      <source>Account id</source>
      <translation>Konto-ID</translation>
    </message>
    <message>
      <source>Address line 1</source>
      <translation>Adresszeile 1</translation>
    </message>
    <message>
      <source>Address line 2</source>
      <translation>Adresszeile 2</translation>
    </message>
    <message>
      <source>Address line 3</source>
      <translation>Adresszeile 3</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Betrag</translation>
    </message>
    <message>
      <source>Appointment ID</source>
      <translation>Termin-ID</translation>
    </message>
    <message>
      <source>Appointment category</source>
      <translation>Kategorie des Termins</translation>
    </message>
    <message>
      <source>Appointment end</source>
      <translation>Ende des Termins</translation>
    </message>
    <message>
      <source>Appointment id</source>
      <translation>Termin-ID</translation>
    </message>
    <message>
      <source>Appointment key</source>
      <translation>Terminschlüssel</translation>
    </message>
    <message>
      <source>Appointment minutes</source>
      <translation>Dauer in Minuten</translation>
    </message>
    <message>
      <source>Appointment start</source>
      <translation>Beginn des Termins</translation>
    </message>
    <message>
      <source>Appointment status</source>
      <translation>Status des Termins</translation>
    </message>
    <message>
      <source>Appointment type</source>
      <translation>Terminart</translation>
    </message>
    <message>
      <source>Appointment type id</source>
      <translation>ID der Terminart</translation>
    </message>
    <message>
      <source>Appointment updated at</source>
      <translation>Termin geändert am</translation>
    </message>
    <message>
      <source>Appointment url</source>
      <translation>Adresse des Termins</translation>
    </message>
    <message>
      <source>Billed to third party</source>
      <translation>An Dritte berechnet</translation>
    </message>
    <message>
      <source>Booked at</source>
      <translation>Gebucht am</translation>
    </message>
    <message>
      <source>Booked online</source>
      <translation>Online gebucht</translation>
    </message>
    <message>
      <source>Business</source>
      <translation>Standort</translation>
    </message>
    <message>
      <source>Business id</source>
      <translation>ID des Standorts</translation>
    </message>
    <message>
      <source>Cancellation reason</source>
      <translation>Grund der Absage</translation>
    </message>
    <message>
      <source>Cancellations</source>
      <translation>Absagen</translation>
    </message>
    <message>
      <source>Cancelled at</source>
      <translation>Abgesagt am</translation>
    </message>
    <message>
      <source>Case ID</source>
      <translation>Fall-ID</translation>
    </message>
    <message>
      <source>Case doctor</source>
      <translation>Arztpraxis des Falls</translation>
    </message>
    <message>
      <source>Case expiry date</source>
      <translation>Ende des Falls</translation>
    </message>
    <message>
      <source>Case id</source>
      <translation>Fall-ID</translation>
    </message>
    <message>
      <source>Case issue date</source>
      <translation>Beginn des Falls</translation>
    </message>
    <message>
      <source>Case max amount</source>
      <translation>Höchstbetrag des Falls</translation>
    </message>
    <message>
      <source>Case max sessions</source>
      <translation>Erlaubte Sitzungen</translation>
    </message>
    <message>
      <source>Case name</source>
      <translation>Name des Falls</translation>
    </message>
    <message>
      <source>Case referral type</source>
      <translation>Art der Überweisung</translation>
    </message>
    <message>
      <source>Case sessions left</source>
      <translation>Verbleibende Sitzungen</translation>
    </message>
    <message>
      <source>Case sessions used</source>
      <translation>Verbrauchte Sitzungen</translation>
    </message>
    <message>
      <source>Case status</source>
      <translation>Status des Falls</translation>
    </message>
    <message>
      <source>City</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Cliniko URL</source>
      <translation>Cliniko-Adresse</translation>
    </message>
    <message>
      <source>Cliniko contact ID</source>
      <translation>ID des Cliniko-Kontakts</translation>
    </message>
    <message>
      <source>Cliniko contact URL</source>
      <translation>Adresse des Cliniko-Kontakts</translation>
    </message>
    <message>
      <source>Cliniko contact key</source>
      <translation>Schlüssel des Cliniko-Kontakts</translation>
    </message>
    <message>
      <source>Cliniko invoice ID</source>
      <translation>Cliniko-Rechnungs-ID</translation>
    </message>
    <message>
      <source>Cliniko invoice URL</source>
      <translation>Adresse der Rechnung</translation>
    </message>
    <message>
      <source>Cliniko invoice key</source>
      <translation>Cliniko-Rechnungsschlüssel</translation>
    </message>
    <message>
      <source>Cliniko patient ID</source>
      <translation>Cliniko-Patienten-ID</translation>
    </message>
    <message>
      <source>Cliniko patient key</source>
      <translation>Cliniko-Patientenschlüssel</translation>
    </message>
    <message>
      <source>Close date</source>
      <translation>Abschlussdatum</translation>
    </message>
    <message>
      <source>Closed at</source>
      <translation>Abgeschlossen am</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>Firma</translation>
    </message>
    <message>
      <source>Company name</source>
      <translation>Firmenname</translation>
    </message>
    <message>
      <source>Concession</source>
      <translation>Ermäßigung</translation>
    </message>
    <message>
      <source>Concession used</source>
      <translation>Verwendete Ermäßigung</translation>
    </message>
    <message>
      <source>Contact owner</source>
      <translation>Zuständig für den Kontakt</translation>
    </message>
    <message>
      <source>Contact type</source>
      <translation>Art des Kontakts</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>Land</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation>Ländercode</translation>
    </message>
    <message>
      <source>Created in Cliniko</source>
      <translation>In Cliniko angelegt</translation>
    </message>
    <message>
      <source>Date of birth</source>
      <translation>Geburtsdatum</translation>
    </message>
    <message>
      <source>Days to pay</source>
      <translation>Tage bis zur Zahlung</translation>
    </message>
    <message>
      <source>Deal name</source>
      <translation>Name des Deals</translation>
    </message>
    <message>
      <source>Deal owner</source>
      <translation>Zuständig für den Deal</translation>
    </message>
    <message>
      <source>Deal patient id</source>
      <translation>Patienten-ID des Deals</translation>
    </message>
    <message>
      <source>Deal stage</source>
      <translation>Phase des Deals</translation>
    </message>
    <message>
      <source>Did not arrive</source>
      <translation>Nicht erschienen</translation>
    </message>
    <message>
      <source>Discount</source>
      <translation>Rabatt</translation>
    </message>
    <message>
      <source>Doctor type</source>
      <translation>Art der Arztpraxis</translation>
    </message>
    <message>
      <source>Email</source>
      <translation>E-Mail</translation>
    </message>
    <message>
      <source>Estimated value</source>
      <translation>Geschätzter Wert</translation>
    </message>
    <message>
      <source>First appointment</source>
      <translation>Erster Termin</translation>
    </message>
    <message>
      <source>First name</source>
      <translation>Vorname</translation>
    </message>
    <message>
      <source>Gender identity</source>
      <translation>Geschlechtsidentität</translation>
    </message>
    <message>
      <source>Gets confirmations</source>
      <translation>Erhält Bestätigungen</translation>
    </message>
    <message>
      <source>Has upcoming</source>
      <translation>Termin gebucht</translation>
    </message>
    <message>
      <source>Home phone</source>
      <translation>Telefon privat</translation>
    </message>
    <message>
      <source>Inbox holder</source>
      <translation>Inhaber des Postfachs</translation>
    </message>
    <message>
      <source>Invoice number</source>
      <translation>Rechnungsnummer</translation>
    </message>
    <message>
      <source>Invoice status</source>
      <translation>Status der Rechnung</translation>
    </message>
    <message>
      <source>Is first visit</source>
      <translation>Erster Besuch</translation>
    </message>
    <message>
      <source>Is group</source>
      <translation>Gruppentermin</translation>
    </message>
    <message>
      <source>Is telehealth</source>
      <translation>Per Video</translation>
    </message>
    <message>
      <source>Issue date</source>
      <translation>Rechnungsdatum</translation>
    </message>
    <message>
      <source>Item codes</source>
      <translation>Codes der Posten</translation>
    </message>
    <message>
      <source>Item names</source>
      <translation>Namen der Posten</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>Posten</translation>
    </message>
    <message>
      <source>Last appointment</source>
      <translation>Letzter Termin</translation>
    </message>
    <message>
      <source>Last cancellation</source>
      <translation>Letzte Absage</translation>
    </message>
    <message>
      <source>Last error</source>
      <translation>Letzter Fehler</translation>
    </message>
    <message>
      <source>Last invoice amount</source>
      <translation>Betrag der letzten Rechnung</translation>
    </message>
    <message>
      <source>Last invoice date</source>
      <translation>Datum der letzten Rechnung</translation>
    </message>
    <message>
      <source>Last location</source>
      <translation>Letzter Standort</translation>
    </message>
    <message>
      <source>Last name</source>
      <translation>Nachname</translation>
    </message>
    <message>
      <source>Last no-show</source>
      <translation>Zuletzt nicht erschienen</translation>
    </message>
    <message>
      <source>Last practitioner</source>
      <translation>Zuletzt bei</translation>
    </message>
    <message>
      <source>Last referral</source>
      <translation>Letzte Überweisung</translation>
    </message>
    <message>
      <source>Last synced at</source>
      <translation>Zuletzt abgeglichen</translation>
    </message>
    <message>
      <source>Last type</source>
      <translation>Letzte Terminart</translation>
    </message>
    <message>
      <source>Late cancellations</source>
      <translation>Späte Absagen</translation>
    </message>
    <message>
      <source>Lifecycle stage</source>
      <translation>Lebenszyklusphase</translation>
    </message>
    <message>
      <source>Lifetime invoiced</source>
      <translation>Insgesamt berechnet</translation>
    </message>
    <message>
      <source>Lifetime paid</source>
      <translation>Insgesamt bezahlt</translation>
    </message>
    <message>
      <source>Link rule</source>
      <translation>Verknüpft durch</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Standort</translation>
    </message>
    <message>
      <source>Location ID</source>
      <translation>ID des Standorts</translation>
    </message>
    <message>
      <source>Main practitioner</source>
      <translation>Meist bei</translation>
    </message>
    <message>
      <source>Mobile phone</source>
      <translation>Mobiltelefon</translation>
    </message>
    <message>
      <source>Mobile phone number</source>
      <translation>Mobilnummer</translation>
    </message>
    <message>
      <source>Net</source>
      <translation>Netto</translation>
    </message>
    <message>
      <source>Next appointment</source>
      <translation>Nächster Termin</translation>
    </message>
    <message>
      <source>Next location</source>
      <translation>Nächster Standort</translation>
    </message>
    <message>
      <source>Next practitioner</source>
      <translation>Als Nächstes bei</translation>
    </message>
    <message>
      <source>Next type</source>
      <translation>Nächste Terminart</translation>
    </message>
    <message>
      <source>No-shows</source>
      <translation>Nicht erschienen</translation>
    </message>
    <message>
      <source>Not patient ids</source>
      <translation>Getrennte Patienten-IDs</translation>
    </message>
    <message>
      <source>Occupation</source>
      <translation>Beruf</translation>
    </message>
    <message>
      <source>Old reference ID</source>
      <translation>Altes Aktenzeichen</translation>
    </message>
    <message>
      <source>Open cases</source>
      <translation>Offene Fälle</translation>
    </message>
    <message>
      <source>Open invoices</source>
      <translation>Offene Rechnungen</translation>
    </message>
    <message>
      <source>Other phones</source>
      <translation>Weitere Telefone</translation>
    </message>
    <message>
      <source>Patient ID</source>
      <translation>Patienten-ID</translation>
    </message>
    <message>
      <source>Patient arrived</source>
      <translation>Patient angekommen</translation>
    </message>
    <message>
      <source>Patient stage</source>
      <translation>Stufe des Patienten</translation>
    </message>
    <message>
      <source>Patient status</source>
      <translation>Status des Patienten</translation>
    </message>
    <message>
      <source>Patients referred</source>
      <translation>Überwiesene Patienten</translation>
    </message>
    <message>
      <source>People on this inbox</source>
      <translation>Personen am Postfach</translation>
    </message>
    <message>
      <source>Phone number</source>
      <translation>Telefonnummer</translation>
    </message>
    <message>
      <source>Phones</source>
      <translation>Telefone</translation>
    </message>
    <message>
      <source>Pipeline</source>
      <translation>Pipeline</translation>
    </message>
    <message>
      <source>Postal code</source>
      <translation>Postleitzahl</translation>
    </message>
    <message>
      <source>Practitioner</source>
      <translation>Behandelnde Person</translation>
    </message>
    <message>
      <source>Practitioner ID</source>
      <translation>ID der behandelnden Person</translation>
    </message>
    <message>
      <source>Practitioner email</source>
      <translation>E-Mail der behandelnden Person</translation>
    </message>
    <message>
      <source>Practitioner id</source>
      <translation>ID der behandelnden Person</translation>
    </message>
    <message>
      <source>Preferred first name</source>
      <translation>Rufname</translation>
    </message>
    <message>
      <source>Preferred name</source>
      <translation>Rufname</translation>
    </message>
    <message>
      <source>Privacy policy</source>
      <translation>Datenschutzerklärung</translation>
    </message>
    <message>
      <source>Pronouns</source>
      <translation>Pronomen</translation>
    </message>
    <message>
      <source>Provider number</source>
      <translation>Leistungserbringer-Nummer</translation>
    </message>
    <message>
      <source>Rebooked</source>
      <translation>Wieder gebucht</translation>
    </message>
    <message>
      <source>Record kind</source>
      <translation>Art des Datensatzes</translation>
    </message>
    <message>
      <source>Referral source</source>
      <translation>Empfehlungsquelle</translation>
    </message>
    <message>
      <source>Referral subcategory</source>
      <translation>Genauere Empfehlungsquelle</translation>
    </message>
    <message>
      <source>Referred by</source>
      <translation>Empfohlen von</translation>
    </message>
    <message>
      <source>Referrer type</source>
      <translation>Art der Empfehlung</translation>
    </message>
    <message>
      <source>Referring doctor</source>
      <translation>Überweisende Person</translation>
    </message>
    <message>
      <source>Reminder sent</source>
      <translation>Erinnerung gesendet</translation>
    </message>
    <message>
      <source>Reminder type</source>
      <translation>Art der Erinnerung</translation>
    </message>
    <message>
      <source>Repeat series</source>
      <translation>Teil einer Serie</translation>
    </message>
    <message>
      <source>Review needed</source>
      <translation>Zu klären</translation>
    </message>
    <message>
      <source>Salutation</source>
      <translation>Anrede</translation>
    </message>
    <message>
      <source>Sex</source>
      <translation>Geschlecht</translation>
    </message>
    <message>
      <source>Shared e-mail</source>
      <translation>Gemeinsame E-Mail</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Bundesstaat</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Street address</source>
      <translation>Straße</translation>
    </message>
    <message>
      <source>Sync hold</source>
      <translation>Vom Abgleich ausgenommen</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Steuer</translation>
    </message>
    <message>
      <source>Time since last visit</source>
      <translation>Zeit seit dem letzten Besuch</translation>
    </message>
    <message>
      <source>Time zone</source>
      <translation>Zeitzone</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>Titel</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Summe</translation>
    </message>
    <message>
      <source>Under 18</source>
      <translation>Unter 18</translation>
    </message>
    <message>
      <source>Unlink Cliniko contact</source>
      <translation>Cliniko-Kontakt trennen</translation>
    </message>
    <message>
      <source>Unlink Cliniko patient</source>
      <translation>Cliniko-Patient trennen</translation>
    </message>
    <message>
      <source>Update Cliniko contact</source>
      <translation>Cliniko-Kontakt aktualisieren</translation>
    </message>
    <message>
      <source>Update Cliniko patient</source>
      <translation>Cliniko-Patient aktualisieren</translation>
    </message>
    <message>
      <source>Updated in Cliniko</source>
      <translation>In Cliniko geändert</translation>
    </message>
    <message>
      <source>Visits</source>
      <translation>Besuche</translation>
    </message>
    <message>
      <source>Visits in 12 months</source>
      <translation>Besuche in 12 Monaten</translation>
    </message>
  </context>
  <context>
    <name>Language</name>
    <message>
      <source>about a minute left</source>
      <translation>noch etwa eine Minute</translation>
    </message>
    <message>
      <source>about {hours} hours left</source>
      <translation>noch etwa {hours} Stunden</translation>
    </message>
    <message>
      <source>about {minutes} minutes left</source>
      <translation>noch etwa {minutes} Minuten</translation>
    </message>
    <message>
      <source>less than a minute left</source>
      <translation>noch weniger als eine Minute</translation>
    </message>
  </context>
  <context>
    <name>LeftOut</name>
    <message>
      <source>All other reasons</source>
      <translation>Alle anderen Gründe</translation>
    </message>
    <message>
      <source>All reasons</source>
      <translation>Alle Gründe</translation>
    </message>
    <message>
      <source>Cliniko ID</source>
      <translation>Cliniko-ID</translation>
    </message>
    <message>
      <source>How many are left out, by reason</source>
      <translation>Wie viele ausgelassen sind, nach Grund</translation>
    </message>
    <message>
      <source>Left out</source>
      <translation>Ausgelassen</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Nobody is left out</source>
      <translation>Niemand ist ausgelassen</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>Who and what is not in HubSpot, each with the one reason.</source>
      <translation>Wer und was nicht in HubSpot ist, jeweils mit dem einen Grund.</translation>
    </message>
    <message>
      <source>Whoever a filter, a switch or a missing detail keeps out of HubSpot is listed here.</source>
      <translation>Wen ein Filter, ein Schalter oder eine fehlende Angabe aus HubSpot heraushält, steht hier.</translation>
    </message>
  </context>
  <context>
    <name>LiveStep</name>
    <message>
      <source>From now on everybody is synced, and changes follow by themselves. The first run may take a while; you can go on working meanwhile.</source>
      <translation>Von jetzt an werden alle abgeglichen, und Änderungen folgen von selbst. Der erste Lauf kann dauern; Sie können weiterarbeiten.</translation>
    </message>
    <message>
      <source>Go live</source>
      <translation>Live gehen</translation>
    </message>
    <message>
      <source>The log-in entry could not be written on this computer.</source>
      <translation>Der Eintrag für die Anmeldung ließ sich auf diesem Computer nicht schreiben.</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Dieser Computer</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Pages</source>
      <translation>Seiten</translation>
    </message>
    <message>
      <source>The pages of ClinicBridge; choose one to open it.</source>
      <translation>Die Seiten von ClinicBridge; wählen Sie eine, um sie zu öffnen.</translation>
    </message>
    <message>
      <source>{count} open questions</source>
      <translation>{count} offene Fragen</translation>
    </message>
  </context>
  <context>
    <name>Meanings</name>
    <message>
      <source>A place in a group appointment</source>
      <translation>Ein Platz in einem Gruppentermin</translation>
    </message>
    <message>
      <source>A question about this contact waits for an answer</source>
      <translation>Eine Frage zu diesem Kontakt wartet auf Antwort</translation>
    </message>
    <message>
      <source>A reminder went out</source>
      <translation>Eine Erinnerung ging hinaus</translation>
    </message>
    <message>
      <source>Address of an inbox that somebody else holds</source>
      <translation>Adresse eines Postfachs, das jemand anderem gehört</translation>
    </message>
    <message>
      <source>Address of the practitioner's user</source>
      <translation>Adresse des Benutzers der behandelnden Person</translation>
    </message>
    <message>
      <source>Addressed to somebody else</source>
      <translation>An jemand anderen gerichtet</translation>
    </message>
    <message>
      <source>All invoices less credits</source>
      <translation>Alle Rechnungen abzüglich Gutschriften</translation>
    </message>
    <message>
      <source>All numbers with their kind</source>
      <translation>Alle Nummern mit ihrer Art</translation>
    </message>
    <message>
      <source>All paid invoices</source>
      <translation>Alle bezahlten Rechnungen</translation>
    </message>
    <message>
      <source>Amount of the latest invoice</source>
      <translation>Betrag der letzten Rechnung</translation>
    </message>
    <message>
      <source>Answer to marketing by SMS</source>
      <translation>Antwort zu Marketing per SMS</translation>
    </message>
    <message>
      <source>Answer to marketing by e-mail</source>
      <translation>Antwort zu Marketing per E-Mail</translation>
    </message>
    <message>
      <source>Answer to the privacy policy</source>
      <translation>Antwort auf die Datenschutzerklärung</translation>
    </message>
    <message>
      <source>Appointment it is for</source>
      <translation>Termin, für den sie ist</translation>
    </message>
    <message>
      <source>Arrival was ticked</source>
      <translation>Ankunft ist angehakt</translation>
    </message>
    <message>
      <source>Attended visits</source>
      <translation>Wahrgenommene Besuche</translation>
    </message>
    <message>
      <source>Attended visits of the last 12 months</source>
      <translation>Wahrgenommene Besuche der letzten 12 Monate</translation>
    </message>
    <message>
      <source>Begin</source>
      <translation>Beginn</translation>
    </message>
    <message>
      <source>Birthday</source>
      <translation>Geburtstag</translation>
    </message>
    <message>
      <source>Booked on the booking page</source>
      <translation>Über die Buchungsseite gebucht</translation>
    </message>
    <message>
      <source>Cancelled visits</source>
      <translation>Abgesagte Besuche</translation>
    </message>
    <message>
      <source>Case it belongs to</source>
      <translation>Fall, zu dem sie gehört</translation>
    </message>
    <message>
      <source>Cases neither closed nor archived</source>
      <translation>Fälle, die weder abgeschlossen noch archiviert sind</translation>
    </message>
    <message>
      <source>Category of the appointment type</source>
      <translation>Kategorie der Terminart</translation>
    </message>
    <message>
      <source>Cliniko account the record is from</source>
      <translation>Cliniko-Konto, aus dem der Datensatz stammt</translation>
    </message>
    <message>
      <source>Cliniko's id of the invoice</source>
      <translation>ID der Rechnung in Cliniko</translation>
    </message>
    <message>
      <source>Cliniko's number of the booking</source>
      <translation>Nummer der Buchung in Cliniko</translation>
    </message>
    <message>
      <source>Cliniko's number of the contact</source>
      <translation>Nummer des Kontakts in Cliniko</translation>
    </message>
    <message>
      <source>Cliniko's number of the patient</source>
      <translation>Nummer des Patienten in Cliniko</translation>
    </message>
    <message>
      <source>Codes of the items</source>
      <translation>Codes der Posten</translation>
    </message>
    <message>
      <source>Company in Cliniko</source>
      <translation>Firma in Cliniko</translation>
    </message>
    <message>
      <source>Concession that was given</source>
      <translation>Gewährte Ermäßigung</translation>
    </message>
    <message>
      <source>Concession the patient has</source>
      <translation>Ermäßigung des Patienten</translation>
    </message>
    <message>
      <source>Country as a two-letter code</source>
      <translation>Land als Kürzel aus zwei Buchstaben</translation>
    </message>
    <message>
      <source>Day of issue</source>
      <translation>Tag der Ausstellung</translation>
    </message>
    <message>
      <source>Day of the latest invoice</source>
      <translation>Tag der letzten Rechnung</translation>
    </message>
    <message>
      <source>Day of the latest referral</source>
      <translation>Tag der letzten Überweisung</translation>
    </message>
    <message>
      <source>Days from issue to payment</source>
      <translation>Tage von der Ausstellung bis zur Zahlung</translation>
    </message>
    <message>
      <source>Days since the last attended visit, worked out each day</source>
      <translation>Tage seit dem letzten wahrgenommenen Besuch, jeden Tag neu berechnet</translation>
    </message>
    <message>
      <source>Discount</source>
      <translation>Rabatt</translation>
    </message>
    <message>
      <source>Doctor of the case</source>
      <translation>Ärztin oder Arzt des Falls</translation>
    </message>
    <message>
      <source>Earliest attended visit</source>
      <translation>Erster wahrgenommener Besuch</translation>
    </message>
    <message>
      <source>Earliest coming visit, not cancelled</source>
      <translation>Nächster kommender Besuch, der nicht abgesagt ist</translation>
    </message>
    <message>
      <source>End</source>
      <translation>Ende</translation>
    </message>
    <message>
      <source>Finer kind of the referral source</source>
      <translation>Genauere Art der Empfehlungsquelle</translation>
    </message>
    <message>
      <source>First day of the case</source>
      <translation>Erster Tag des Falls</translation>
    </message>
    <message>
      <source>First line of the address</source>
      <translation>Erste Zeile der Adresse</translation>
    </message>
    <message>
      <source>Form of address</source>
      <translation>Anrede</translation>
    </message>
    <message>
      <source>Further numbers</source>
      <translation>Weitere Nummern</translation>
    </message>
    <message>
      <source>Gender in the patient's own words</source>
      <translation>Geschlecht in den Worten des Patienten</translation>
    </message>
    <message>
      <source>Home number as typed</source>
      <translation>Private Nummer, wie eingegeben</translation>
    </message>
    <message>
      <source>How contact and record were paired</source>
      <translation>Wie Kontakt und Datensatz einander zugeordnet wurden</translation>
    </message>
    <message>
      <source>How far it is invoiced</source>
      <translation>Wie weit abgerechnet ist</translation>
    </message>
    <message>
      <source>How far the patient has come</source>
      <translation>Wie weit der Patient ist</translation>
    </message>
    <message>
      <source>How many items</source>
      <translation>Zahl der Posten</translation>
    </message>
    <message>
      <source>How many patients this contact referred</source>
      <translation>Wie viele Patienten dieser Kontakt überwiesen hat</translation>
    </message>
    <message>
      <source>How many patients use this inbox</source>
      <translation>Wie viele Patienten dieses Postfach nutzen</translation>
    </message>
    <message>
      <source>How reminders are sent</source>
      <translation>Wie Erinnerungen gesendet werden</translation>
    </message>
    <message>
      <source>How the patient heard of the clinic</source>
      <translation>Wie der Patient von der Praxis erfahren hat</translation>
    </message>
    <message>
      <source>Invoices not yet paid</source>
      <translation>Noch nicht bezahlte Rechnungen</translation>
    </message>
    <message>
      <source>Kind of appointment</source>
      <translation>Terminart</translation>
    </message>
    <message>
      <source>Kind of doctor</source>
      <translation>Art der Ärztin oder des Arztes</translation>
    </message>
    <message>
      <source>Kind of referral</source>
      <translation>Art der Überweisung</translation>
    </message>
    <message>
      <source>Kind of third party</source>
      <translation>Art des Cliniko-Kontakts</translation>
    </message>
    <message>
      <source>Last day of the case</source>
      <translation>Letzter Tag des Falls</translation>
    </message>
    <message>
      <source>Latest attended visit</source>
      <translation>Letzter wahrgenommener Besuch</translation>
    </message>
    <message>
      <source>Latest cancelled visit</source>
      <translation>Letzter abgesagter Besuch</translation>
    </message>
    <message>
      <source>Latest visit not come to</source>
      <translation>Letzter Besuch, zu dem niemand erschien</translation>
    </message>
    <message>
      <source>Length in minutes</source>
      <translation>Dauer in Minuten</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Standort</translation>
    </message>
    <message>
      <source>Mobile number as typed</source>
      <translation>Mobilnummer, wie eingegeben</translation>
    </message>
    <message>
      <source>Most that may be invoiced</source>
      <translation>Höchster abrechenbarer Betrag</translation>
    </message>
    <message>
      <source>Most visits attended within 24 months, the latest on a tie</source>
      <translation>Die meisten wahrgenommenen Besuche in 24 Monaten; bei Gleichstand zählt der letzte</translation>
    </message>
    <message>
      <source>Name of the case, unless switched off</source>
      <translation>Name des Falls, wenn nicht ausgeschaltet</translation>
    </message>
    <message>
      <source>Names of the items</source>
      <translation>Namen der Posten</translation>
    </message>
    <message>
      <source>Not yet 18, worked out each day</source>
      <translation>Noch nicht 18, jeden Tag neu berechnet</translation>
    </message>
    <message>
      <source>Number as a health provider</source>
      <translation>Nummer als Leistungserbringer</translation>
    </message>
    <message>
      <source>Number in an older system</source>
      <translation>Nummer in einem älteren System</translation>
    </message>
    <message>
      <source>Number of the appointment type</source>
      <translation>Nummer der Terminart</translation>
    </message>
    <message>
      <source>Number of the case</source>
      <translation>Nummer des Falls</translation>
    </message>
    <message>
      <source>Number of the location</source>
      <translation>Nummer des Standorts</translation>
    </message>
    <message>
      <source>Number of the practitioner</source>
      <translation>Nummer der behandelnden Person</translation>
    </message>
    <message>
      <source>Number printed on the invoice</source>
      <translation>Nummer auf der Rechnung</translation>
    </message>
    <message>
      <source>Occupation</source>
      <translation>Beruf</translation>
    </message>
    <message>
      <source>Opens the appointment in Cliniko</source>
      <translation>Öffnet den Termin in Cliniko</translation>
    </message>
    <message>
      <source>Opens the contact in Cliniko</source>
      <translation>Öffnet den Kontakt in Cliniko</translation>
    </message>
    <message>
      <source>Opens the invoice in Cliniko</source>
      <translation>Öffnet die Rechnung in Cliniko</translation>
    </message>
    <message>
      <source>Opens the patient in Cliniko</source>
      <translation>Öffnet den Patienten in Cliniko</translation>
    </message>
    <message>
      <source>Part of a series</source>
      <translation>Teil einer Serie</translation>
    </message>
    <message>
      <source>Patient of the appointment</source>
      <translation>Patient des Termins</translation>
    </message>
    <message>
      <source>Patient of the invoice</source>
      <translation>Patient der Rechnung</translation>
    </message>
    <message>
      <source>Patient who holds the shared inbox</source>
      <translation>Patient, dem das gemeinsame Postfach gehört</translation>
    </message>
    <message>
      <source>Patient, third party or both; exclude third parties from patient mail</source>
      <translation>Patient, Cliniko-Kontakt oder beides; Cliniko-Kontakte gehören nicht in Patientenpost</translation>
    </message>
    <message>
      <source>Patients a person separated from this contact; never edit it</source>
      <translation>Patienten, die jemand von diesem Kontakt getrennt hat; bitte nie ändern</translation>
    </message>
    <message>
      <source>Price of the appointment by its type</source>
      <translation>Preis des Termins nach seiner Art</translation>
    </message>
    <message>
      <source>Pronouns</source>
      <translation>Pronomen</translation>
    </message>
    <message>
      <source>Referring Cliniko contact by name, referring patient by id</source>
      <translation>Empfehlender Cliniko-Kontakt mit Namen, empfehlender Patient mit ID</translation>
    </message>
    <message>
      <source>Referring doctor</source>
      <translation>Überweisende Ärztin oder überweisender Arzt</translation>
    </message>
    <message>
      <source>Second line of the address</source>
      <translation>Zweite Zeile der Adresse</translation>
    </message>
    <message>
      <source>Sessions left</source>
      <translation>Verbleibende Sitzungen</translation>
    </message>
    <message>
      <source>Sessions the case allows</source>
      <translation>Sitzungen, die der Fall erlaubt</translation>
    </message>
    <message>
      <source>Sessions used</source>
      <translation>Verbrauchte Sitzungen</translation>
    </message>
    <message>
      <source>Set to yes to send this contact to Cliniko</source>
      <translation>Auf Ja gesetzt, geht dieser Kontakt nach Cliniko</translation>
    </message>
    <message>
      <source>Set to yes to send this contact to Cliniko as a third party</source>
      <translation>Auf Ja gesetzt, geht dieser Kontakt als Cliniko-Kontakt nach Cliniko</translation>
    </message>
    <message>
      <source>Set to yes to separate this contact from its Cliniko contact</source>
      <translation>Auf Ja gesetzt, wird dieser Kontakt von seinem Cliniko-Kontakt getrennt</translation>
    </message>
    <message>
      <source>Set to yes to separate this contact from its patient</source>
      <translation>Auf Ja gesetzt, wird dieser Kontakt von seinem Patienten getrennt</translation>
    </message>
    <message>
      <source>Sex as recorded</source>
      <translation>Geschlecht, wie vermerkt</translation>
    </message>
    <message>
      <source>State of the invoice</source>
      <translation>Stand der Rechnung</translation>
    </message>
    <message>
      <source>Status, also where the deal is in another pipeline</source>
      <translation>Status, auch wenn der Deal in einer anderen Pipeline steht</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Steuer</translation>
    </message>
    <message>
      <source>The kind of appointment is held by video</source>
      <translation>Diese Terminart findet per Video statt</translation>
    </message>
    <message>
      <source>The patient did not come</source>
      <translation>Der Patient ist nicht erschienen</translation>
    </message>
    <message>
      <source>The patient's earliest appointment that stands</source>
      <translation>Der früheste gültige Termin des Patienten</translation>
    </message>
    <message>
      <source>The patient's time zone</source>
      <translation>Zeitzone des Patienten</translation>
    </message>
    <message>
      <source>Third line of the address</source>
      <translation>Dritte Zeile der Adresse</translation>
    </message>
    <message>
      <source>Total before tax</source>
      <translation>Summe ohne Steuer</translation>
    </message>
    <message>
      <source>Total with tax</source>
      <translation>Summe mit Steuer</translation>
    </message>
    <message>
      <source>Unique key of the Cliniko contact; never edit it</source>
      <translation>Eindeutiger Schlüssel des Cliniko-Kontakts; bitte nie ändern</translation>
    </message>
    <message>
      <source>Unique key of the appointment; never edit it</source>
      <translation>Eindeutiger Schlüssel des Termins; bitte nie ändern</translation>
    </message>
    <message>
      <source>Unique key of the invoice; never edit it</source>
      <translation>Eindeutiger Schlüssel der Rechnung; bitte nie ändern</translation>
    </message>
    <message>
      <source>Unique key of the patient; never edit it</source>
      <translation>Eindeutiger Schlüssel des Patienten; bitte nie ändern</translation>
    </message>
    <message>
      <source>Visits cancelled shortly before they began</source>
      <translation>Kurz vor Beginn abgesagte Besuche</translation>
    </message>
    <message>
      <source>Visits the patient did not come to</source>
      <translation>Besuche, zu denen der Patient nicht erschienen ist</translation>
    </message>
    <message>
      <source>What the contact is called</source>
      <translation>Wie der Kontakt genannt wird</translation>
    </message>
    <message>
      <source>What the last visit was</source>
      <translation>Art des letzten Besuchs</translation>
    </message>
    <message>
      <source>What the next visit will be</source>
      <translation>Art des nächsten Besuchs</translation>
    </message>
    <message>
      <source>What the patient is called</source>
      <translation>Wie der Patient genannt wird</translation>
    </message>
    <message>
      <source>When another value was last written</source>
      <translation>Wann zuletzt ein anderer Wert geschrieben wurde</translation>
    </message>
    <message>
      <source>When it was booked</source>
      <translation>Wann gebucht wurde</translation>
    </message>
    <message>
      <source>When it was cancelled</source>
      <translation>Wann abgesagt wurde</translation>
    </message>
    <message>
      <source>When it was last changed</source>
      <translation>Wann zuletzt geändert wurde</translation>
    </message>
    <message>
      <source>When it was made</source>
      <translation>Wann sie angelegt wurde</translation>
    </message>
    <message>
      <source>When it was paid or closed</source>
      <translation>Wann bezahlt oder abgeschlossen wurde</translation>
    </message>
    <message>
      <source>When the file was last changed</source>
      <translation>Wann die Akte zuletzt geändert wurde</translation>
    </message>
    <message>
      <source>When the file was made</source>
      <translation>Wann die Akte angelegt wurde</translation>
    </message>
    <message>
      <source>Where the last visit was</source>
      <translation>Ort des letzten Besuchs</translation>
    </message>
    <message>
      <source>Where the next visit will be</source>
      <translation>Ort des nächsten Besuchs</translation>
    </message>
    <message>
      <source>Whether a visit is booked</source>
      <translation>Ob ein Besuch gebucht ist</translation>
    </message>
    <message>
      <source>Whether a visit is booked after the last one</source>
      <translation>Ob nach dem letzten Besuch ein weiterer gebucht ist</translation>
    </message>
    <message>
      <source>Whether confirmations are e-mailed</source>
      <translation>Ob Bestätigungen per E-Mail kommen</translation>
    </message>
    <message>
      <source>Whether the case is open</source>
      <translation>Ob der Fall offen ist</translation>
    </message>
    <message>
      <source>Whether the contact is in use</source>
      <translation>Ob der Kontakt in Gebrauch ist</translation>
    </message>
    <message>
      <source>Whether the patient's file is in use</source>
      <translation>Ob die Akte des Patienten in Gebrauch ist</translation>
    </message>
    <message>
      <source>While true this contact is left alone</source>
      <translation>Solange Ja gesetzt ist, bleibt dieser Kontakt unberührt</translation>
    </message>
    <message>
      <source>Who referred: a patient, a Cliniko contact or something else</source>
      <translation>Woher die Empfehlung kam: Patient, Cliniko-Kontakt oder anderes</translation>
    </message>
    <message>
      <source>Who saw the patient last</source>
      <translation>Wer den Patienten zuletzt behandelt hat</translation>
    </message>
    <message>
      <source>Who sees the patient next</source>
      <translation>Wer den Patienten als Nächstes behandelt</translation>
    </message>
    <message>
      <source>Who treated</source>
      <translation>Wer behandelt hat</translation>
    </message>
    <message>
      <source>Who treats</source>
      <translation>Wer behandelt</translation>
    </message>
    <message>
      <source>Why it was cancelled</source>
      <translation>Warum abgesagt wurde</translation>
    </message>
    <message>
      <source>Why the latest request could not be carried out</source>
      <translation>Warum sich die letzte Anfrage nicht ausführen ließ</translation>
    </message>
  </context>
  <context>
    <name>NeedsYou</name>
    <message>
      <source>About</source>
      <translation>Worum</translation>
    </message>
    <message>
      <source>All kinds</source>
      <translation>Alle Arten</translation>
    </message>
    <message>
      <source>Answered: {count}. The next run does it; press Sync now to do it at once.</source>
      <translation>Beantwortet: {count}. Der nächste Lauf erledigt es; „Jetzt abgleichen“ tut es sofort.</translation>
    </message>
    <message>
      <source>Answers not carried out yet</source>
      <translation>Noch nicht ausgeführte Antworten</translation>
    </message>
    <message>
      <source>Blocks</source>
      <translation>Blockiert</translation>
    </message>
    <message>
      <source>HubSpot itself cannot take a merge of two contacts back.</source>
      <translation>HubSpot selbst kann das Zusammenführen zweier Kontakte nicht zurücknehmen.</translation>
    </message>
    <message>
      <source>Kind of question</source>
      <translation>Art der Frage</translation>
    </message>
    <message>
      <source>Needs you</source>
      <translation>Zu klären</translation>
    </message>
    <message>
      <source>Not carried out yet: {count}</source>
      <translation>Noch nicht ausgeführt: {count}</translation>
    </message>
    <message>
      <source>Nothing needs you</source>
      <translation>Nichts zu klären</translation>
    </message>
    <message>
      <source>Only what holds something up</source>
      <translation>Nur was etwas aufhält</translation>
    </message>
    <message>
      <source>Open questions, those that hold something up first. Choose one to see both records.</source>
      <translation>Offene Fragen, zuerst die, die etwas aufhalten. Wählen Sie eine, um beide Datensätze zu sehen.</translation>
    </message>
    <message>
      <source>Question</source>
      <translation>Frage</translation>
    </message>
    <message>
      <source>Questions</source>
      <translation>Fragen</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>Seit</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>Zurücknehmen</translation>
    </message>
    <message>
      <source>Taken back: the question is open again.</source>
      <translation>Zurückgenommen: Die Frage ist wieder offen.</translation>
    </message>
    <message>
      <source>The contact goes to HubSpot's recycle bin. For 90 days somebody can restore it there; ClinicBridge cannot. Should the file come back in Cliniko before that, it gets a new contact.</source>
      <translation>Der Kontakt kommt in HubSpots Papierkorb. 90 Tage lang kann ihn dort jemand wiederherstellen; ClinicBridge kann es nicht. Kommt die Akte in Cliniko vorher zurück, erhält sie einen neuen Kontakt.</translation>
    </message>
    <message>
      <source>This cannot be undone</source>
      <translation>Das lässt sich nicht rückgängig machen</translation>
    </message>
    <message>
      <source>When two records might be one person, or something is unclear, it is asked here.</source>
      <translation>Wenn zwei Datensätze dieselbe Person sein könnten oder etwas unklar ist, wird hier gefragt.</translation>
    </message>
    <message>
      <source>no</source>
      <translation>nein</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>ja</translation>
    </message>
  </context>
  <context>
    <name>Notice</name>
    <message>
      <source>Dismiss</source>
      <translation>Schließen</translation>
    </message>
  </context>
  <context>
    <name>People</name>
    <message>
      <source>Answer to a question</source>
      <translation>Antwort auf eine Frage</translation>
    </message>
    <message>
      <source>Appointment</source>
      <translation>Termin</translation>
    </message>
    <message>
      <source>At</source>
      <translation>Zeit</translation>
    </message>
    <message>
      <source>Choose somebody in the list to see both sides and what can be done.</source>
      <translation>Wählen Sie jemanden in der Liste, um beide Seiten zu sehen und was Sie tun können.</translation>
    </message>
    <message>
      <source>Cliniko ID</source>
      <translation>Cliniko-ID</translation>
    </message>
    <message>
      <source>Cliniko contact</source>
      <translation>Cliniko-Kontakt</translation>
    </message>
    <message>
      <source>Cliniko contacts</source>
      <translation>Cliniko-Kontakte</translation>
    </message>
    <message>
      <source>Do not sync</source>
      <translation>Nicht abgleichen</translation>
    </message>
    <message>
      <source>Each value that ClinicBridge last wrote for this person, with when.</source>
      <translation>Jeder Wert, den ClinicBridge zuletzt für diese Person geschrieben hat, und wann.</translation>
    </message>
    <message>
      <source>Everybody</source>
      <translation>Alle</translation>
    </message>
    <message>
      <source>Everything that ClinicBridge wrote is removed from the HubSpot contact, and the name and all values from this computer. The person is not synced again until released. This cannot be undone.</source>
      <translation>Alles, was ClinicBridge geschrieben hat, wird vom HubSpot-Kontakt entfernt, der Name und alle Werte von diesem Computer. Die Person wird erst nach einer Freigabe wieder abgeglichen. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Gescheitert</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Feld</translation>
    </message>
    <message>
      <source>Forget</source>
      <translation>Vergessen</translation>
    </message>
    <message>
      <source>Forget it</source>
      <translation>Vergessen</translation>
    </message>
    <message>
      <source>Forget this person?</source>
      <translation>Diese Person vergessen?</translation>
    </message>
    <message>
      <source>Forget…</source>
      <translation>Vergessen…</translation>
    </message>
    <message>
      <source>Holder of an inbox</source>
      <translation>Inhaber eines Postfachs</translation>
    </message>
    <message>
      <source>HubSpot ID</source>
      <translation>HubSpot-ID</translation>
    </message>
    <message>
      <source>In HubSpot's recycle bin</source>
      <translation>In HubSpots Papierkorb</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>Rechnung</translation>
    </message>
    <message>
      <source>Keep apart</source>
      <translation>Getrennt lassen</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Last change</source>
      <translation>Letzte Änderung</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>Später</translation>
    </message>
    <message>
      <source>Leave it</source>
      <translation>So lassen</translation>
    </message>
    <message>
      <source>Left out</source>
      <translation>Ausgelassen</translation>
    </message>
    <message>
      <source>Link</source>
      <translation>Verknüpfen</translation>
    </message>
    <message>
      <source>Link to another contact…</source>
      <translation>Mit anderem Kontakt verknüpfen…</translation>
    </message>
    <message>
      <source>Linked</source>
      <translation>Verknüpft</translation>
    </message>
    <message>
      <source>Linked by</source>
      <translation>Verknüpft durch</translation>
    </message>
    <message>
      <source>Make a new one</source>
      <translation>Neu anlegen</translation>
    </message>
    <message>
      <source>Move</source>
      <translation>Umhängen</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Never match again</source>
      <translation>Nie wieder zuordnen</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Nein</translation>
    </message>
    <message>
      <source>Nobody chosen</source>
      <translation>Niemand gewählt</translation>
    </message>
    <message>
      <source>Nobody here yet</source>
      <translation>Noch niemand hier</translation>
    </message>
    <message>
      <source>Not met yet</source>
      <translation>Noch nicht bekannt</translation>
    </message>
    <message>
      <source>Open in Cliniko</source>
      <translation>In Cliniko öffnen</translation>
    </message>
    <message>
      <source>Open in HubSpot</source>
      <translation>In HubSpot öffnen</translation>
    </message>
    <message>
      <source>Patient</source>
      <translation>Patient</translation>
    </message>
    <message>
      <source>Patients</source>
      <translation>Patienten</translation>
    </message>
    <message>
      <source>Patients and Cliniko contacts appear after the first run. Search by name or ID.</source>
      <translation>Patienten und Cliniko-Kontakte erscheinen nach dem ersten Lauf. Suchen Sie nach Name oder ID.</translation>
    </message>
    <message>
      <source>Patients and Cliniko contacts. Choose one to see the link and what can be done.</source>
      <translation>Patienten und Cliniko-Kontakte. Wählen Sie jemanden, um die Verknüpfung zu sehen und was Sie tun können.</translation>
    </message>
    <message>
      <source>People</source>
      <translation>Personen</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>Search any name or ID</source>
      <translation>Beliebigen Namen oder ID suchen</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Sync again</source>
      <translation>Wieder abgleichen</translation>
    </message>
    <message>
      <source>Sync this record now</source>
      <translation>Diesen Datensatz jetzt abgleichen</translation>
    </message>
    <message>
      <source>This record is read afresh in a moment.</source>
      <translation>Dieser Datensatz wird gleich neu gelesen.</translation>
    </message>
    <message>
      <source>Unlink and repair…</source>
      <translation>Trennen und reparieren…</translation>
    </message>
    <message>
      <source>Unlinked</source>
      <translation>Getrennt</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Wert</translation>
    </message>
    <message>
      <source>Waits for the next run</source>
      <translation>Wartet auf den nächsten Lauf</translation>
    </message>
    <message>
      <source>Waits for you</source>
      <translation>Wartet auf Sie</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What can be done</source>
      <translation>Was Sie tun können</translation>
    </message>
    <message>
      <source>Whole record</source>
      <translation>Ganzer Datensatz</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Warum</translation>
    </message>
    <message>
      <source>Written to HubSpot</source>
      <translation>Nach HubSpot geschrieben</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Ja</translation>
    </message>
  </context>
  <context>
    <name>Privacy</name>
    <message>
      <source>What HubSpot will know</source>
      <translation>Was HubSpot wissen wird</translation>
    </message>
    <message>
      <source>What HubSpot will know about a patient, with made-up values:</source>
      <translation>Was HubSpot über einen Patienten wissen wird, mit erfundenen Werten:</translation>
    </message>
    <message>
      <source>not sent</source>
      <translation>nicht gesendet</translation>
    </message>
  </context>
  <context>
    <name>Question</name>
    <message>
      <source>Answer all of this kind…</source>
      <translation>Alle dieser Art beantworten…</translation>
    </message>
    <message>
      <source>Choose one on the left to see both records.</source>
      <translation>Wählen Sie links eine, um beide Datensätze zu sehen.</translation>
    </message>
    <message>
      <source>ID, as the service shows it</source>
      <translation>ID, wie der Dienst sie zeigt</translation>
    </message>
    <message>
      <source>No question chosen</source>
      <translation>Keine Frage gewählt</translation>
    </message>
    <message>
      <source>No suggestion: only somebody who knows them can tell.</source>
      <translation>Kein Vorschlag: Das weiß nur, wer die Personen kennt.</translation>
    </message>
    <message>
      <source>Open in Cliniko</source>
      <translation>In Cliniko öffnen</translation>
    </message>
    <message>
      <source>Open in HubSpot</source>
      <translation>In HubSpot öffnen</translation>
    </message>
    <message>
      <source>Search HubSpot…</source>
      <translation>In HubSpot suchen…</translation>
    </message>
    <message>
      <source>Suggested: {answer}</source>
      <translation>Vorschlag: {answer}</translation>
    </message>
    <message>
      <source>Which contact:</source>
      <translation>Welcher Kontakt:</translation>
    </message>
    <message>
      <source>Which one</source>
      <translation>Auswahl</translation>
    </message>
    <message>
      <source>Which owner:</source>
      <translation>Wer ist zuständig:</translation>
    </message>
    <message>
      <source>Which patient:</source>
      <translation>Welcher Patient:</translation>
    </message>
  </context>
  <context>
    <name>RehearsalStep</name>
    <message>
      <source>After</source>
      <translation>Nachher</translation>
    </message>
    <message>
      <source>Before</source>
      <translation>Vorher</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Done.</source>
      <translation>Fertig.</translation>
    </message>
    <message>
      <source>No samples yet</source>
      <translation>Noch keine Beispiele</translation>
    </message>
    <message>
      <source>Now ten patients are synced for real, and what ClinicBridge needs in HubSpot is created. Look at them in HubSpot before you go on. It can be undone under Activity.</source>
      <translation>Jetzt werden zehn Patienten wirklich abgeglichen, und was ClinicBridge in HubSpot braucht, wird angelegt. Sehen Sie sich diese Patienten in HubSpot an, bevor Sie weitergehen. Unter „Aktivität“ lässt es sich rückgängig machen.</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>Fortschritt</translation>
    </message>
    <message>
      <source>Property</source>
      <translation>Eigenschaft</translation>
    </message>
    <message>
      <source>Reading both sides…</source>
      <translation>Beide Seiten werden gelesen…</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Datensatz</translation>
    </message>
    <message>
      <source>Rehearsal</source>
      <translation>Probelauf</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Ergebnis</translation>
    </message>
    <message>
      <source>Samples</source>
      <translation>Beispiele</translation>
    </message>
    <message>
      <source>See what the first sync would do. Nothing is written to HubSpot or Cliniko.</source>
      <translation>Sehen Sie, was der erste Abgleich tun würde. In HubSpot und Cliniko wird nichts geschrieben.</translation>
    </message>
    <message>
      <source>Some records with each value before and after.</source>
      <translation>Einige Datensätze mit jedem Wert vorher und nachher.</translation>
    </message>
    <message>
      <source>Start rehearsal</source>
      <translation>Probelauf starten</translation>
    </message>
    <message>
      <source>Start trial</source>
      <translation>Versuch starten</translation>
    </message>
    <message>
      <source>Stopped. Start it again when you like.</source>
      <translation>Angehalten. Starten Sie wieder, wann Sie mögen.</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Hält an…</translation>
    </message>
    <message>
      <source>The rehearsal shows some records before and after.</source>
      <translation>Der Probelauf zeigt einige Datensätze vorher und nachher.</translation>
    </message>
    <message>
      <source>Trial with 10 patients</source>
      <translation>Versuch mit 10 Patienten</translation>
    </message>
    <message>
      <source>What each stream did or would do.</source>
      <translation>Was in jedem Bereich geschah oder geschehen würde.</translation>
    </message>
  </context>
  <context>
    <name>Repair</name>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Done. The contact in HubSpot is now {id}.</source>
      <translation>Fertig. Der Kontakt in HubSpot ist jetzt {id}.</translation>
    </message>
    <message>
      <source>Each value that came from the wrong record, and what stands there afterwards.</source>
      <translation>Jeder Wert, der vom falschen Datensatz kam, und was danach dort steht.</translation>
    </message>
    <message>
      <source>Link to another contact</source>
      <translation>Mit anderem Kontakt verknüpfen</translation>
    </message>
    <message>
      <source>Looking at both sides…</source>
      <translation>Beide Seiten werden angesehen…</translation>
    </message>
    <message>
      <source>Move the deals along</source>
      <translation>Die Deals mitnehmen</translation>
    </message>
    <message>
      <source>No values to restore</source>
      <translation>Keine Werte wiederherzustellen</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Hinweis</translation>
    </message>
    <message>
      <source>Nothing has been done yet. It can be undone under Activity.</source>
      <translation>Noch ist nichts getan. Unter „Aktivität“ lässt es sich rückgängig machen.</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Jetzt</translation>
    </message>
    <message>
      <source>Only the link changes; no value has to go back.</source>
      <translation>Nur die Verknüpfung ändert sich; kein Wert muss zurück.</translation>
    </message>
    <message>
      <source>The link of {name} is taken apart and never made again by itself. What came from {name} goes from the contact, and a new contact is made.</source>
      <translation>Die Verknüpfung von {name} wird gelöst und nie mehr von selbst hergestellt. Was von {name} kam, verschwindet vom Kontakt, und ein neuer Kontakt wird angelegt.</translation>
    </message>
    <message>
      <source>Then</source>
      <translation>Dann</translation>
    </message>
    <message>
      <source>Unlink and repair</source>
      <translation>Trennen und reparieren</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What is done</source>
      <translation>Was getan wird</translation>
    </message>
    <message>
      <source>Which HubSpot contact is {name}? Nothing is done before you have seen it.</source>
      <translation>Welcher HubSpot-Kontakt ist {name}? Nichts geschieht, bevor Sie es gesehen haben.</translation>
    </message>
    <message>
      <source>Working…</source>
      <translation>Läuft…</translation>
    </message>
  </context>
  <context>
    <name>Review</name>
    <message>
      <source>A change asked for in HubSpot broke one of Cliniko's own rules.</source>
      <translation>Eine in HubSpot gewünschte Änderung verletzt eine Regel von Cliniko.</translation>
    </message>
    <message>
      <source>A patient with the same address, phone, or name and birthday exists.</source>
      <translation>Es gibt einen Patienten mit derselben Adresse, Telefonnummer oder mit gleichem Namen und Geburtstag.</translation>
    </message>
    <message>
      <source>A property, pipeline or stage is missing or no longer fits.</source>
      <translation>Eine Eigenschaft, Pipeline oder Phase fehlt oder passt nicht mehr.</translation>
    </message>
    <message>
      <source>Address in use</source>
      <translation>Adresse schon vergeben</translation>
    </message>
    <message>
      <source>Address refused</source>
      <translation>Adresse abgelehnt</translation>
    </message>
    <message>
      <source>Already taken</source>
      <translation>Schon vergeben</translation>
    </message>
    <message>
      <source>Also stop marketing</source>
      <translation>Auch kein Marketing mehr</translation>
    </message>
    <message>
      <source>Another program changes the same Cliniko properties in HubSpot (perhaps an earlier connector).</source>
      <translation>Ein anderes Programm ändert dieselben Cliniko-Eigenschaften in HubSpot (vielleicht eine frühere Anbindung).</translation>
    </message>
    <message>
      <source>Archived or deleted</source>
      <translation>Archiviert oder gelöscht</translation>
    </message>
    <message>
      <source>Both changed</source>
      <translation>Beide geändert</translation>
    </message>
    <message>
      <source>Both sides changed the same field since they last agreed.</source>
      <translation>Beide Seiten haben dasselbe Feld geändert, seit sie zuletzt übereinstimmten.</translation>
    </message>
    <message>
      <source>CSV row unclear</source>
      <translation>CSV-Zeile unklar</translation>
    </message>
    <message>
      <source>Choose an owner …</source>
      <translation>Zuständige Person wählen …</translation>
    </message>
    <message>
      <source>Cliniko did not take the change for {person}: {reason}</source>
      <translation>Cliniko hat die Änderung für {person} nicht angenommen: {reason}</translation>
    </message>
    <message>
      <source>Cliniko knows {person}. HubSpot has a contact that may be the same: {contact}. Is it?</source>
      <translation>Cliniko kennt {person}. HubSpot hat einen Kontakt, der dieselbe Person sein könnte: {contact}. Ist sie es?</translation>
    </message>
    <message>
      <source>Cliniko refused</source>
      <translation>Cliniko hat abgelehnt</translation>
    </message>
    <message>
      <source>Cliniko seems to hold two files for {person}. Please merge them there if they belong together.</source>
      <translation>Cliniko hat anscheinend zwei Akten für {person}. Bitte führen Sie sie dort zusammen, wenn sie zusammengehören.</translation>
    </message>
    <message>
      <source>Cliniko suddenly says that {count} of {total} linked records are gone or lost their address. Nothing was done.</source>
      <translation>Cliniko meldet plötzlich, dass {count} von {total} verknüpften Datensätzen weg sind oder ihre Adresse verloren haben. Es wurde nichts getan.</translation>
    </message>
    <message>
      <source>Consent disagrees</source>
      <translation>Einwilligung widerspricht sich</translation>
    </message>
    <message>
      <source>Contact vanished</source>
      <translation>Kontakt verschwunden</translation>
    </message>
    <message>
      <source>Deal on the wrong person</source>
      <translation>Deal bei der falschen Person</translation>
    </message>
    <message>
      <source>Decide later</source>
      <translation>Später entscheiden</translation>
    </message>
    <message>
      <source>Double in Cliniko</source>
      <translation>Doppelt in Cliniko</translation>
    </message>
    <message>
      <source>Far too much at once</source>
      <translation>Viel zu viel auf einmal</translation>
    </message>
    <message>
      <source>Forget the change</source>
      <translation>Änderung vergessen</translation>
    </message>
    <message>
      <source>Forget the request</source>
      <translation>Anfrage vergessen</translation>
    </message>
    <message>
      <source>Give the address to …</source>
      <translation>Die Adresse bekommt …</translation>
    </message>
    <message>
      <source>Go on without the address</source>
      <translation>Ohne die Adresse weitermachen</translation>
    </message>
    <message>
      <source>HubSpot allows an address on one contact only.</source>
      <translation>HubSpot lässt eine Adresse nur an einem Kontakt zu.</translation>
    </message>
    <message>
      <source>HubSpot asks for a new patient {person}, but Cliniko seems to have this person already.</source>
      <translation>HubSpot wünscht {person} als neuen Patienten, aber Cliniko hat diese Person anscheinend schon.</translation>
    </message>
    <message>
      <source>HubSpot does not take “{address}” of {person} as an e-mail address.</source>
      <translation>HubSpot nimmt „{address}“ von {person} nicht als E-Mail-Adresse an.</translation>
    </message>
    <message>
      <source>HubSpot set-up changed</source>
      <translation>HubSpot-Einrichtung geändert</translation>
    </message>
    <message>
      <source>I have corrected it in HubSpot, try again</source>
      <translation>Ich habe es in HubSpot berichtigt, noch einmal versuchen</translation>
    </message>
    <message>
      <source>I want to look first</source>
      <translation>Ich möchte zuerst nachsehen</translation>
    </message>
    <message>
      <source>I will correct it in Cliniko</source>
      <translation>Ich berichtige es in Cliniko</translation>
    </message>
    <message>
      <source>ID does not fit</source>
      <translation>ID passt nicht</translation>
    </message>
    <message>
      <source>It is fine, go on</source>
      <translation>Das ist in Ordnung, weitermachen</translation>
    </message>
    <message>
      <source>It is really somebody new</source>
      <translation>Es ist wirklich jemand Neues</translation>
    </message>
    <message>
      <source>It is right, go ahead</source>
      <translation>Es stimmt, weitermachen</translation>
    </message>
    <message>
      <source>It is this contact …</source>
      <translation>Es ist dieser Kontakt …</translation>
    </message>
    <message>
      <source>It is this patient …</source>
      <translation>Es ist dieser Patient …</translation>
    </message>
    <message>
      <source>It looks mistyped, or HubSpot has blocked it.</source>
      <translation>Sie sieht nach einem Tippfehler aus, oder HubSpot hat sie gesperrt.</translation>
    </message>
    <message>
      <source>Its contact is not the one the patient is linked to.</source>
      <translation>Sein Kontakt ist nicht der, mit dem der Patient verknüpft ist.</translation>
    </message>
    <message>
      <source>Keep Cliniko's</source>
      <translation>Den von Cliniko behalten</translation>
    </message>
    <message>
      <source>Keep HubSpot's</source>
      <translation>Den von HubSpot behalten</translation>
    </message>
    <message>
      <source>Keep them apart</source>
      <translation>Getrennt lassen</translation>
    </message>
    <message>
      <source>Keep what is there now</source>
      <translation>Behalten, was jetzt da ist</translation>
    </message>
    <message>
      <source>Leave both contacts</source>
      <translation>Beide Kontakte lassen</translation>
    </message>
    <message>
      <source>Leave both; no e-mail is sent</source>
      <translation>Beides lassen; es geht keine E-Mail hinaus</translation>
    </message>
    <message>
      <source>Leave it alone</source>
      <translation>So lassen</translation>
    </message>
    <message>
      <source>Leave it as it is</source>
      <translation>So lassen, wie es ist</translation>
    </message>
    <message>
      <source>Leave it there</source>
      <translation>Dort lassen</translation>
    </message>
    <message>
      <source>Leave it there, make a new contact</source>
      <translation>Dort lassen, neuen Kontakt anlegen</translation>
    </message>
    <message>
      <source>Leave them without an owner</source>
      <translation>Ohne zuständige Person lassen</translation>
    </message>
    <message>
      <source>Leave this person out from now on</source>
      <translation>Diese Person von jetzt an auslassen</translation>
    </message>
    <message>
      <source>Link them</source>
      <translation>Verknüpfen</translation>
    </message>
    <message>
      <source>Make a new contact</source>
      <translation>Neuen Kontakt anlegen</translation>
    </message>
    <message>
      <source>Mark as archived</source>
      <translation>Als archiviert kennzeichnen</translation>
    </message>
    <message>
      <source>Merge the contacts in HubSpot too (cannot be undone)</source>
      <translation>Auch die Kontakte in HubSpot zusammenführen (nicht rückgängig zu machen)</translation>
    </message>
    <message>
      <source>Merged in Cliniko</source>
      <translation>In Cliniko zusammengeführt</translation>
    </message>
    <message>
      <source>More than one pairing fits equally well.</source>
      <translation>Mehr als eine Zuordnung passt gleich gut.</translation>
    </message>
    <message>
      <source>Move the address here</source>
      <translation>Die Adresse hierher holen</translation>
    </message>
    <message>
      <source>Move the contact over</source>
      <translation>Den Kontakt übernehmen</translation>
    </message>
    <message>
      <source>Move the deal</source>
      <translation>Den Deal umhängen</translation>
    </message>
    <message>
      <source>Name and e-mail address are the same in both places.</source>
      <translation>Name und E-Mail-Adresse sind an beiden Stellen gleich.</translation>
    </message>
    <message>
      <source>Name and phone alone are also shared by parents and children.</source>
      <translation>Name und Telefon allein teilen sich auch Eltern und Kinder.</translation>
    </message>
    <message>
      <source>Name, birthday and a phone number or address are the same in both files.</source>
      <translation>Name, Geburtstag und eine Telefonnummer oder Adresse sind in beiden Akten gleich.</translation>
    </message>
    <message>
      <source>No HubSpot user</source>
      <translation>Kein HubSpot-Benutzer</translation>
    </message>
    <message>
      <source>No HubSpot user has the e-mail address of {practitioner}. Who owns these deals?</source>
      <translation>Kein HubSpot-Benutzer hat die E-Mail-Adresse von {practitioner}. Wer ist für diese Deals zuständig?</translation>
    </message>
    <message>
      <source>No, keep them apart</source>
      <translation>Nein, getrennt lassen</translation>
    </message>
    <message>
      <source>Nobody gets the address</source>
      <translation>Niemand bekommt die Adresse</translation>
    </message>
    <message>
      <source>Nobody, or more than one person, matches what the row says.</source>
      <translation>Niemand oder mehr als eine Person passt zu dem, was die Zeile sagt.</translation>
    </message>
    <message>
      <source>None of them, make a new contact</source>
      <translation>Keiner davon, neuen Kontakt anlegen</translation>
    </message>
    <message>
      <source>One HubSpot contact can stand for one patient only.</source>
      <translation>Ein HubSpot-Kontakt kann nur für einen Patienten stehen.</translation>
    </message>
    <message>
      <source>One contact for both</source>
      <translation>Ein Kontakt für beides</translation>
    </message>
    <message>
      <source>Owners are found by the address of the practitioner's Cliniko user.</source>
      <translation>Zuständige werden über die Adresse des Cliniko-Benutzers der Behandelnden gefunden.</translation>
    </message>
    <message>
      <source>Part of what we know agrees, but not enough to be sure.</source>
      <translation>Ein Teil dessen, was wir wissen, stimmt überein, aber nicht genug, um sicher zu sein.</translation>
    </message>
    <message>
      <source>Patient and referrer</source>
      <translation>Patient und Überweisende</translation>
    </message>
    <message>
      <source>Pause here until I have looked</source>
      <translation>Hier anhalten, bis ich nachgesehen habe</translation>
    </message>
    <message>
      <source>Record the no in Cliniko</source>
      <translation>Das Nein in Cliniko eintragen</translation>
    </message>
    <message>
      <source>Remove from HubSpot (only HubSpot's recycle bin brings it back)</source>
      <translation>Aus HubSpot entfernen (zurück kommt er nur aus HubSpots Papierkorb)</translation>
    </message>
    <message>
      <source>Restore it</source>
      <translation>Wiederherstellen</translation>
    </message>
    <message>
      <source>Row {row}: no one patient fits “{text}”.</source>
      <translation>Zeile {row}: Zu „{text}“ passt kein Patient eindeutig.</translation>
    </message>
    <message>
      <source>Same person?</source>
      <translation>Dieselbe Person?</translation>
    </message>
    <message>
      <source>Send the rest without this field</source>
      <translation>Den Rest ohne dieses Feld senden</translation>
    </message>
    <message>
      <source>Several adults share this address, or the one who held it is no longer active.</source>
      <translation>Mehrere Erwachsene teilen diese Adresse, oder wer sie hatte, ist nicht mehr aktiv.</translation>
    </message>
    <message>
      <source>Several candidates</source>
      <translation>Mehrere kommen in Frage</translation>
    </message>
    <message>
      <source>Shared inbox</source>
      <translation>Gemeinsames Postfach</translation>
    </message>
    <message>
      <source>Show details, decide later</source>
      <translation>Einzelheiten zeigen, später entscheiden</translation>
    </message>
    <message>
      <source>Skip the row</source>
      <translation>Zeile überspringen</translation>
    </message>
    <message>
      <source>So much at once is more often a mistake than a wish.</source>
      <translation>So viel auf einmal ist eher ein Versehen als ein Wunsch.</translation>
    </message>
    <message>
      <source>Somebody removed it in HubSpot; nothing is made again without asking.</source>
      <translation>Jemand hat ihn in HubSpot entfernt; ohne zu fragen wird nichts neu angelegt.</translation>
    </message>
    <message>
      <source>Someone else is writing</source>
      <translation>Noch jemand schreibt</translation>
    </message>
    <message>
      <source>Something this program needs in HubSpot was changed: {what}. What depends on it waits.</source>
      <translation>In HubSpot wurde etwas geändert, was dieses Programm braucht: {what}. Was davon abhängt, wartet.</translation>
    </message>
    <message>
      <source>Take the ID off this contact</source>
      <translation>Die ID von diesem Kontakt nehmen</translation>
    </message>
    <message>
      <source>The HubSpot contact of {person} was deleted there. What now?</source>
      <translation>Der HubSpot-Kontakt von {person} wurde dort gelöscht. Was nun?</translation>
    </message>
    <message>
      <source>The HubSpot contact {contact} carries a Cliniko patient ID that does not fit {person}.</source>
      <translation>Der HubSpot-Kontakt {contact} trägt eine Cliniko-Patienten-ID, die nicht zu {person} passt.</translation>
    </message>
    <message>
      <source>The ID is right, link them</source>
      <translation>Die ID stimmt, verknüpfen</translation>
    </message>
    <message>
      <source>The birthday or name says it is somebody else, or Cliniko knows no such patient.</source>
      <translation>Geburtstag oder Name sprechen für jemand anderen, oder Cliniko kennt diesen Patienten nicht.</translation>
    </message>
    <message>
      <source>The file was archived or deleted in Cliniko.</source>
      <translation>Die Akte wurde in Cliniko archiviert oder gelöscht.</translation>
    </message>
    <message>
      <source>The link and the deals have already moved to the remaining file's contact.</source>
      <translation>Verknüpfung und Deals sind schon beim Kontakt der verbleibenden Akte.</translation>
    </message>
    <message>
      <source>The two services hold opposite answers about marketing.</source>
      <translation>Die beiden Dienste haben gegensätzliche Angaben zum Marketing.</translation>
    </message>
    <message>
      <source>They are the same person</source>
      <translation>Es ist dieselbe Person</translation>
    </message>
    <message>
      <source>They really are two people</source>
      <translation>Es sind wirklich zwei Personen</translation>
    </message>
    <message>
      <source>This HubSpot contact belongs to {other}, and {person} would use it too. Whose is it?</source>
      <translation>Dieser HubSpot-Kontakt gehört zu {other}, und {person} würde ihn auch verwenden. Wem gehört er?</translation>
    </message>
    <message>
      <source>This deal belongs to {person}, but in HubSpot it hangs on {other}.</source>
      <translation>Dieser Deal gehört zu {person}, hängt in HubSpot aber an {other}.</translation>
    </message>
    <message>
      <source>Two contacts</source>
      <translation>Zwei Kontakte</translation>
    </message>
    <message>
      <source>Two files of {person} became one in Cliniko, while HubSpot still has two contacts.</source>
      <translation>Zwei Akten von {person} wurden in Cliniko zu einer, in HubSpot gibt es aber noch zwei Kontakte.</translation>
    </message>
    <message>
      <source>Update the patient …</source>
      <translation>Diesen Patienten aktualisieren …</translation>
    </message>
    <message>
      <source>Use another contact …</source>
      <translation>Anderen Kontakt nehmen …</translation>
    </message>
    <message>
      <source>Use that contact instead</source>
      <translation>Stattdessen diesen Kontakt nehmen</translation>
    </message>
    <message>
      <source>Use the fallback owner</source>
      <translation>Ersatzzuständige nehmen</translation>
    </message>
    <message>
      <source>Use what is there instead</source>
      <translation>Nehmen, was stattdessen da ist</translation>
    </message>
    <message>
      <source>Values written by us were replaced by values we did not write.</source>
      <translation>Von uns geschriebene Werte wurden durch andere ersetzt, die nicht von uns sind.</translation>
    </message>
    <message>
      <source>Weak match</source>
      <translation>Schwacher Treffer</translation>
    </message>
    <message>
      <source>Would double a patient</source>
      <translation>Würde einen Patienten verdoppeln</translation>
    </message>
    <message>
      <source>Yes, link them</source>
      <translation>Ja, verknüpfen</translation>
    </message>
    <message>
      <source>{count} HubSpot contact(s) could be {person}. Which one is it?</source>
      <translation>Mögliche HubSpot-Kontakte für {person}: {count}. Welcher ist es?</translation>
    </message>
    <message>
      <source>{field} of {person} was changed in Cliniko and in HubSpot. Which one counts?</source>
      <translation>„{field}“ von {person} wurde in Cliniko und in HubSpot geändert. Was gilt?</translation>
    </message>
    <message>
      <source>{people} use {address} together, and HubSpot allows an address on one contact only. Who should get the e-mails?</source>
      <translation>{people} teilen sich {address}, und HubSpot lässt eine Adresse nur an einem Kontakt zu. Wer soll die E-Mails bekommen?</translation>
    </message>
    <message>
      <source>{person} has the address {address}, but another HubSpot contact already carries it.</source>
      <translation>{person} hat die Adresse {address}, die in HubSpot schon an einem anderen Kontakt steht.</translation>
    </message>
    <message>
      <source>{person} has the same name and phone number as the HubSpot contact {contact}, but no birthday says whether it is the same person.</source>
      <translation>{person} hat denselben Namen und dieselbe Telefonnummer wie der HubSpot-Kontakt {contact}, aber kein Geburtstag sagt, ob es dieselbe Person ist.</translation>
    </message>
    <message>
      <source>{person} is a patient and also stands among the Cliniko contacts. One HubSpot contact or two?</source>
      <translation>{person} ist Patient und steht auch unter den Cliniko-Kontakten. Ein HubSpot-Kontakt oder zwei?</translation>
    </message>
    <message>
      <source>{person} is no longer active in Cliniko. What should HubSpot do?</source>
      <translation>{person} ist in Cliniko nicht mehr aktiv. Was soll in HubSpot geschehen?</translation>
    </message>
    <message>
      <source>{person} unsubscribed in HubSpot, while Cliniko still says yes to e-mail.</source>
      <translation>{person} hat sich in HubSpot abgemeldet, in Cliniko steht aber noch ein Ja zu E-Mails.</translation>
    </message>
  </context>
  <context>
    <name>Settings</name>
    <message>
      <source>A past appointment counts as attended only where the arrival was ticked.</source>
      <translation>Ein vergangener Termin gilt nur als wahrgenommen, wenn die Ankunft angehakt ist.</translation>
    </message>
    <message>
      <source>A request may create a patient in Cliniko.</source>
      <translation>Eine Anfrage darf in Cliniko einen Patienten anlegen.</translation>
    </message>
    <message>
      <source>About you</source>
      <translation>Über Sie</translation>
    </message>
    <message>
      <source>Activity</source>
      <translation>Aktivität</translation>
    </message>
    <message>
      <source>Add amount to appointments</source>
      <translation>Terminen einen Betrag geben</translation>
    </message>
    <message>
      <source>Address line 1</source>
      <translation>Adresszeile 1</translation>
    </message>
    <message>
      <source>All but those who said no</source>
      <translation>Alle außer denen, die Nein gesagt haben</translation>
    </message>
    <message>
      <source>Always the same user</source>
      <translation>Immer derselbe Benutzer</translation>
    </message>
    <message>
      <source>Appointments</source>
      <translation>Termine</translation>
    </message>
    <message>
      <source>Appointments become HubSpot deals.</source>
      <translation>Termine werden zu HubSpot-Deals.</translation>
    </message>
    <message>
      <source>As HubSpot's first name</source>
      <translation>Als Vorname in HubSpot</translation>
    </message>
    <message>
      <source>Asks once a day at most whether a newer version is there.</source>
      <translation>Fragt höchstens einmal am Tag, ob es eine neuere Version gibt.</translation>
    </message>
    <message>
      <source>Attended needs the arrival tick</source>
      <translation>Wahrgenommen nur mit Ankunftshaken</translation>
    </message>
    <message>
      <source>Both count the same revenue</source>
      <translation>Beides zählt denselben Umsatz</translation>
    </message>
    <message>
      <source>Cancelled later than this is late. From 0 to 720.</source>
      <translation>Später als so abgesagt gilt als spät. Von 0 bis 720.</translation>
    </message>
    <message>
      <source>Cases</source>
      <translation>Fälle</translation>
    </message>
    <message>
      <source>Catch up when behind</source>
      <translation>Aufholen bei Rückstand</translation>
    </message>
    <message>
      <source>Categories of appointment types that make no deal, such as admin.</source>
      <translation>Kategorien von Terminarten, die keinen Deal ergeben, etwa admin.</translation>
    </message>
    <message>
      <source>Choose by name…</source>
      <translation>Nach Namen auswählen…</translation>
    </message>
    <message>
      <source>City</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Cliniko contacts</source>
      <translation>Cliniko-Kontakte</translation>
    </message>
    <message>
      <source>Closing the window keeps the sync going.</source>
      <translation>Das Fenster zu schließen lässt den Abgleich weiterlaufen.</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation>Verbindungen</translation>
    </message>
    <message>
      <source>Contact e-mail</source>
      <translation>Kontakt-E-Mail</translation>
    </message>
    <message>
      <source>Contacts in HubSpot</source>
      <translation>Kontakte in HubSpot</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation>Ländercode</translation>
    </message>
    <message>
      <source>Create patients</source>
      <translation>Patienten anlegen</translation>
    </message>
    <message>
      <source>Credit notes become deals of less than zero.</source>
      <translation>Gutschriften werden zu Deals mit negativem Betrag.</translation>
    </message>
    <message>
      <source>Date of birth</source>
      <translation>Geburtsdatum</translation>
    </message>
    <message>
      <source>Days forward</source>
      <translation>Tage voraus</translation>
    </message>
    <message>
      <source>Deal amount from the appointment type's price. Counts twice together with invoices.</source>
      <translation>Deal-Betrag aus dem Preis der Terminart. Zusammen mit Rechnungen zählt er doppelt.</translation>
    </message>
    <message>
      <source>Deal owner</source>
      <translation>Zuständig für Deals</translation>
    </message>
    <message>
      <source>Detailed</source>
      <translation>Ausführlich</translation>
    </message>
    <message>
      <source>Doctors, payers and others become HubSpot contacts.</source>
      <translation>Ärztinnen, Kostenträger und andere werden zu HubSpot-Kontakten.</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>E-Mail</translation>
    </message>
    <message>
      <source>Excluded categories</source>
      <translation>Ausgeschlossene Kategorien</translation>
    </message>
    <message>
      <source>Fallback owner</source>
      <translation>Ersatzzuständige</translation>
    </message>
    <message>
      <source>Fields written back</source>
      <translation>Zurückgeschriebene Felder</translation>
    </message>
    <message>
      <source>First name</source>
      <translation>Vorname</translation>
    </message>
    <message>
      <source>Fixed owner</source>
      <translation>Fest zuständig</translation>
    </message>
    <message>
      <source>From HubSpot to Cliniko</source>
      <translation>Von HubSpot nach Cliniko</translation>
    </message>
    <message>
      <source>From the next run on, amounts that ClinicBridge wrote are cleared. Amounts that somebody typed in HubSpot stay. Switching it on again writes them anew.</source>
      <translation>Vom nächsten Lauf an werden Beträge gelöscht, die ClinicBridge geschrieben hat. Beträge, die jemand in HubSpot eingetragen hat, bleiben. Wieder einzuschalten schreibt sie neu.</translation>
    </message>
    <message>
      <source>Further ones wait a day. From 0 to 10000.</source>
      <translation>Weitere warten einen Tag. Von 0 bis 10000.</translation>
    </message>
    <message>
      <source>Gender identity</source>
      <translation>Geschlechtsidentität</translation>
    </message>
    <message>
      <source>Group appointments</source>
      <translation>Gruppentermine</translation>
    </message>
    <message>
      <source>Home phone</source>
      <translation>Telefon privat</translation>
    </message>
    <message>
      <source>How far ahead appointments become deals. From 1 to 365.</source>
      <translation>Wie weit im Voraus Termine zu Deals werden. Von 1 bis 365.</translation>
    </message>
    <message>
      <source>How much HubSpot is told about each patient.</source>
      <translation>Wie viel HubSpot über jeden Patienten erfährt.</translation>
    </message>
    <message>
      <source>How often and how much</source>
      <translation>Wie oft und wie viel</translation>
    </message>
    <message>
      <source>How often changes are looked for. From 5 to 240.</source>
      <translation>Wie oft nach Änderungen gesehen wird. Von 5 bis 240.</translation>
    </message>
    <message>
      <source>How often requests are looked for. From 15 to 900.</source>
      <translation>Wie oft nach Anfragen gesehen wird. Von 15 bis 900.</translation>
    </message>
    <message>
      <source>HubSpot owner id for all deals where the owner is fixed.</source>
      <translation>HubSpot-Owner-ID für alle Deals, wenn immer dieselbe Person zuständig ist.</translation>
    </message>
    <message>
      <source>HubSpot owner id where no other owner was found.</source>
      <translation>HubSpot-Owner-ID, wo sonst niemand gefunden wurde.</translation>
    </message>
    <message>
      <source>In a property of its own</source>
      <translation>In einer eigenen Eigenschaft</translation>
    </message>
    <message>
      <source>Inactive after (days)</source>
      <translation>Inaktiv nach (Tagen)</translation>
    </message>
    <message>
      <source>Include credits</source>
      <translation>Gutschriften einbeziehen</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Rechnungen</translation>
    </message>
    <message>
      <source>Invoices become HubSpot deals with their total.</source>
      <translation>Rechnungen werden zu HubSpot-Deals mit ihrer Summe.</translation>
    </message>
    <message>
      <source>Items per run</source>
      <translation>Datensätze je Lauf</translation>
    </message>
    <message>
      <source>Keep running in the tray</source>
      <translation>Im Infobereich weiterlaufen</translation>
    </message>
    <message>
      <source>Lapsed after (days)</source>
      <translation>Abgewandert nach (Tagen)</translation>
    </message>
    <message>
      <source>Last name</source>
      <translation>Nachname</translation>
    </message>
    <message>
      <source>Late cancellation (hours)</source>
      <translation>Späte Absage (Stunden)</translation>
    </message>
    <message>
      <source>Leaves out patients neither seen nor booked for this long; 0 takes all. From 0 to 600.</source>
      <translation>Lässt Patienten aus, die so lange weder da waren noch gebucht haben; 0 nimmt alle. Von 0 bis 600.</translation>
    </message>
    <message>
      <source>Leaves out patients without an address.</source>
      <translation>Lässt Patienten ohne Adresse aus.</translation>
    </message>
    <message>
      <source>Left out at the moment:</source>
      <translation>Zurzeit ausgelassen:</translation>
    </message>
    <message>
      <source>Link weak matches</source>
      <translation>Schwache Treffer verknüpfen</translation>
    </message>
    <message>
      <source>Links by equal name and mobile alone, without asking.</source>
      <translation>Verknüpft allein bei gleichem Namen und gleicher Mobilnummer, ohne zu fragen.</translation>
    </message>
    <message>
      <source>Look for updates</source>
      <translation>Nach Aktualisierungen sehen</translation>
    </message>
    <message>
      <source>Matching</source>
      <translation>Zuordnung</translation>
    </message>
    <message>
      <source>Minimal</source>
      <translation>Minimal</translation>
    </message>
    <message>
      <source>Minutes between runs</source>
      <translation>Minuten zwischen Läufen</translation>
    </message>
    <message>
      <source>Mobile phone</source>
      <translation>Mobiltelefon</translation>
    </message>
    <message>
      <source>Most new patients a day</source>
      <translation>Höchstens neue Patienten am Tag</translation>
    </message>
    <message>
      <source>Most records written per stream in one run. From 1 to 1000.</source>
      <translation>So viele Datensätze schreibt ein Lauf je Bereich höchstens. Von 1 bis 1000.</translation>
    </message>
    <message>
      <source>Moves patients to the customer stage in HubSpot.</source>
      <translation>Setzt Patienten in HubSpot auf die Kundenphase.</translation>
    </message>
    <message>
      <source>No notifications between these times, such as 20:00-07:30.</source>
      <translation>Keine Mitteilungen zwischen diesen Zeiten, etwa 20:00-07:30.</translation>
    </message>
    <message>
      <source>Nobody</source>
      <translation>Niemand</translation>
    </message>
    <message>
      <source>Nobody is left out at the moment.</source>
      <translation>Zurzeit ist niemand ausgelassen.</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Mitteilungen</translation>
    </message>
    <message>
      <source>Nowhere</source>
      <translation>Nirgends</translation>
    </message>
    <message>
      <source>One a line: id = value</source>
      <translation>Je Zeile: ID = Wert</translation>
    </message>
    <message>
      <source>One deal for each person in a group.</source>
      <translation>Ein Deal für jede Person einer Gruppe.</translation>
    </message>
    <message>
      <source>One deal per item</source>
      <translation>Ein Deal je Posten</translation>
    </message>
    <message>
      <source>Only of these businesses</source>
      <translation>Nur von diesen Standorten</translation>
    </message>
    <message>
      <source>Only of these practitioners</source>
      <translation>Nur von diesen Behandelnden</translation>
    </message>
    <message>
      <source>Only seen within (months)</source>
      <translation>Nur gesehen innerhalb von (Monaten)</translation>
    </message>
    <message>
      <source>Only those who said yes</source>
      <translation>Nur die, die Ja gesagt haben</translation>
    </message>
    <message>
      <source>Only where several computers share one, such as postgresql://user@server/clinic, without password; empty keeps the data on this computer.</source>
      <translation>Nur wenn mehrere Computer sich eine teilen, etwa postgresql://benutzer@server/praxis, ohne Passwort; leer bleiben die Daten auf diesem Computer.</translation>
    </message>
    <message>
      <source>Only with e-mail</source>
      <translation>Nur mit E-Mail</translation>
    </message>
    <message>
      <source>Opens ClinicBridge when you log in to this computer.</source>
      <translation>Öffnet ClinicBridge, wenn Sie sich an diesem Computer anmelden.</translation>
    </message>
    <message>
      <source>Other names for appointment types in HubSpot: the type's ID, then the name.</source>
      <translation>Andere Namen für Terminarten in HubSpot: die ID der Art, dann der Name.</translation>
    </message>
    <message>
      <source>Own fields</source>
      <translation>Eigene Felder</translation>
    </message>
    <message>
      <source>Owners for practitioners without a match: the practitioner's ID, then the owner's.</source>
      <translation>Zuständige für Behandelnde ohne Treffer: die ID der Behandelnden, dann die der Zuständigen.</translation>
    </message>
    <message>
      <source>Owners of deals</source>
      <translation>Zuständige für Deals</translation>
    </message>
    <message>
      <source>Patients</source>
      <translation>Patienten</translation>
    </message>
    <message>
      <source>Patients become HubSpot contacts.</source>
      <translation>Patienten werden zu HubSpot-Kontakten.</translation>
    </message>
    <message>
      <source>Patients of other businesses are left out. Empty takes all.</source>
      <translation>Patienten anderer Standorte werden ausgelassen. Leer nimmt alle.</translation>
    </message>
    <message>
      <source>Patients of other practitioners are left out. Empty takes all.</source>
      <translation>Patienten anderer behandelnder Personen werden ausgelassen. Leer nimmt alle.</translation>
    </message>
    <message>
      <source>People</source>
      <translation>Personen</translation>
    </message>
    <message>
      <source>Percent of each service's limit to use. From 1 to 100.</source>
      <translation>So viel Prozent der Grenzen jedes Dienstes werden genutzt. Von 1 bis 100.</translation>
    </message>
    <message>
      <source>Plain names</source>
      <translation>Einfache Namen</translation>
    </message>
    <message>
      <source>Post code</source>
      <translation>Postleitzahl</translation>
    </message>
    <message>
      <source>Practitioners and owners</source>
      <translation>Behandelnde und Zuständige</translation>
    </message>
    <message>
      <source>Preferred first name</source>
      <translation>Rufname</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>Datenschutz</translation>
    </message>
    <message>
      <source>Privacy level</source>
      <translation>Datenschutzstufe</translation>
    </message>
    <message>
      <source>Privacy policy</source>
      <translation>Datenschutzerklärung</translation>
    </message>
    <message>
      <source>Quiet hours</source>
      <translation>Ruhezeiten</translation>
    </message>
    <message>
      <source>Referral source</source>
      <translation>Empfehlungsquelle</translation>
    </message>
    <message>
      <source>Requests in HubSpot change Cliniko.</source>
      <translation>Anfragen in HubSpot ändern Cliniko.</translation>
    </message>
    <message>
      <source>Saved. The next run also takes out of HubSpot what this level does not send, as far as ClinicBridge wrote it; Undo under Activity brings it back.</source>
      <translation>Gespeichert. Der nächste Lauf nimmt auch aus HubSpot heraus, was diese Stufe nicht sendet, soweit ClinicBridge es geschrieben hat; „Rückgängig“ unter „Aktivität“ holt es zurück.</translation>
    </message>
    <message>
      <source>Saved: {name}</source>
      <translation>Gespeichert: {name}</translation>
    </message>
    <message>
      <source>Seconds between looks</source>
      <translation>Sekunden zwischen Nachfragen</translation>
    </message>
    <message>
      <source>Sections</source>
      <translation>Abschnitte</translation>
    </message>
    <message>
      <source>Send case names</source>
      <translation>Namen von Fällen senden</translation>
    </message>
    <message>
      <source>Sends the name of a case with its appointments.</source>
      <translation>Sendet den Namen eines Falls mit seinen Terminen.</translation>
    </message>
    <message>
      <source>Set contact owner</source>
      <translation>Zuständige am Kontakt setzen</translation>
    </message>
    <message>
      <source>Set lifecycle stage</source>
      <translation>Lebenszyklusphase setzen</translation>
    </message>
    <message>
      <source>Sets the owner of new contacts as of their deals.</source>
      <translation>Setzt die Zuständigen neuer Kontakte wie bei ihren Deals.</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Several parted by commas; empty takes all</source>
      <translation>Mehrere durch Komma getrennt; leer nimmt alle</translation>
    </message>
    <message>
      <source>Share of the limits</source>
      <translation>Anteil an den Grenzen</translation>
    </message>
    <message>
      <source>Shared database</source>
      <translation>Gemeinsame Datenbank</translation>
    </message>
    <message>
      <source>Splits an invoice into a deal for each item.</source>
      <translation>Teilt eine Rechnung in einen Deal je Posten.</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>Normal</translation>
    </message>
    <message>
      <source>Start at log-in</source>
      <translation>Bei der Anmeldung starten</translation>
    </message>
    <message>
      <source>Starts the next run at once while records wait.</source>
      <translation>Startet den nächsten Lauf sofort, solange Datensätze warten.</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Bundesstaat</translation>
    </message>
    <message>
      <source>Streams</source>
      <translation>Bereiche</translation>
    </message>
    <message>
      <source>Switch on anyway</source>
      <translation>Trotzdem einschalten</translation>
    </message>
    <message>
      <source>Take off</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Take the amounts off the deals?</source>
      <translation>Die Beträge von den Deals entfernen?</translation>
    </message>
    <message>
      <source>Tells Cliniko and HubSpot whom to write to about this program.</source>
      <translation>Sagt Cliniko und HubSpot, an wen sie sich wegen dieses Programms wenden.</translation>
    </message>
    <message>
      <source>Tells on the screen when something needs you.</source>
      <translation>Meldet auf dem Bildschirm, wenn etwas zu klären ist.</translation>
    </message>
    <message>
      <source>The clinic's own patient fields to send at the detailed level, by their tokens.</source>
      <translation>Die eigenen Patientenfelder der Praxis, die auf der ausführlichen Stufe gesendet werden, nach ihren Kürzeln.</translation>
    </message>
    <message>
      <source>The contact's owner</source>
      <translation>Wer für den Kontakt zuständig ist</translation>
    </message>
    <message>
      <source>The practitioner</source>
      <translation>Die behandelnde Person</translation>
    </message>
    <message>
      <source>This PC</source>
      <translation>Dieser PC</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Dieser Computer</translation>
    </message>
    <message>
      <source>What a request in HubSpot may change in Cliniko. Blank never blanks.</source>
      <translation>Was eine Anfrage in HubSpot in Cliniko ändern darf. Leeres leert nie.</translation>
    </message>
    <message>
      <source>What is synced</source>
      <translation>Was abgeglichen wird</translation>
    </message>
    <message>
      <source>Whatever the answer</source>
      <translation>Bei jeder Antwort</translation>
    </message>
    <message>
      <source>Where it goes: nowhere, a property of its own, or HubSpot's first name.</source>
      <translation>Wohin er kommt: nirgends, in eine eigene Eigenschaft oder in HubSpots Vornamen.</translation>
    </message>
    <message>
      <source>Which answers to the clinic's privacy policy let a patient in.</source>
      <translation>Mit welchen Antworten auf die Datenschutzerklärung ein Patient dabei ist.</translation>
    </message>
    <message>
      <source>Who is synced, and under which name</source>
      <translation>Wer abgeglichen wird und unter welchem Namen</translation>
    </message>
    <message>
      <source>Who owns a new deal in HubSpot.</source>
      <translation>Wem ein neuer Deal in HubSpot gehört.</translation>
    </message>
    <message>
      <source>Without a visit for this long: inactive. From 1 to 3650.</source>
      <translation>So lange ohne Besuch: inaktiv. Von 1 bis 3650.</translation>
    </message>
    <message>
      <source>Without a visit for this long: lapsed. From 1 to 3650.</source>
      <translation>So lange ohne Besuch: abgewandert. Von 1 bis 3650.</translation>
    </message>
    <message>
      <source>Write back on request</source>
      <translation>Auf Anfrage zurückschreiben</translation>
    </message>
    <message>
      <source>Write-back</source>
      <translation>Zurückschreiben</translation>
    </message>
    <message>
      <source>{count}: {reason}</source>
      <translation>{count}: {reason}</translation>
    </message>
  </context>
  <context>
    <name>SharedDatabase</name>
    <message>
      <source>Address of the shared database</source>
      <translation>Adresse der gemeinsamen Datenbank</translation>
    </message>
    <message>
      <source>Address, without the password</source>
      <translation>Adresse, ohne das Passwort</translation>
    </message>
    <message>
      <source>Asking the database server…</source>
      <translation>Der Datenbankserver wird gefragt…</translation>
    </message>
    <message>
      <source>Changed. Close ClinicBridge (Quit) and open it again.</source>
      <translation>Geändert. Beenden Sie ClinicBridge („Beenden“) und öffnen Sie es wieder.</translation>
    </message>
    <message>
      <source>ClinicBridge cannot open it. Correct the address or the password and press Use this database. Or empty the address to work with the data on this computer; no other computer should sync this clinic then.</source>
      <translation>ClinicBridge kann sie nicht öffnen. Berichtigen Sie die Adresse oder das Passwort und drücken Sie „Diese Datenbank nehmen“. Oder leeren Sie die Adresse, um mit den Daten auf diesem Computer zu arbeiten; dann sollte kein anderer Computer diese Praxis abgleichen.</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>It answers and is empty: the next start makes it ready.</source>
      <translation>Sie antwortet und ist leer: Der nächste Start richtet sie ein.</translation>
    </message>
    <message>
      <source>It answers, and ClinicBridge uses it already on another computer.</source>
      <translation>Sie antwortet, und ClinicBridge nutzt sie schon auf einem anderen Computer.</translation>
    </message>
    <message>
      <source>Kept. It holds once ClinicBridge was closed and opened again. The data that is on this computer stays there, unused; links are found again from HubSpot.</source>
      <translation>Gespeichert. Es gilt, sobald ClinicBridge beendet und wieder geöffnet wurde. Die Daten auf diesem Computer bleiben ungenutzt dort; Verknüpfungen werden aus HubSpot wiedergefunden.</translation>
    </message>
    <message>
      <source>Kept. Once ClinicBridge was closed and opened again, it works with the data on this computer. No other computer should sync this clinic then.</source>
      <translation>Gespeichert. Sobald ClinicBridge beendet und wieder geöffnet wurde, arbeitet es mit den Daten auf diesem Computer. Dann sollte kein anderer Computer diese Praxis abgleichen.</translation>
    </message>
    <message>
      <source>Only for a clinic where several computers run ClinicBridge: with one PostgreSQL database for all of them, one computer syncs at a time and all show the same. Whoever looks after your network can give you its address and password. Leave the address empty to keep the data on this computer alone.</source>
      <translation>Nur für Praxen, in denen ClinicBridge auf mehreren Computern läuft: Mit einer PostgreSQL-Datenbank für alle gleicht immer nur ein Computer ab, und alle zeigen dasselbe. Adresse und Passwort nennt Ihnen, wer Ihr Netzwerk betreut. Lassen Sie die Adresse leer, um die Daten nur auf diesem Computer zu halten.</translation>
    </message>
    <message>
      <source>Only to set or change it</source>
      <translation>Nur zum Setzen oder Ändern</translation>
    </message>
    <message>
      <source>Password of the shared database</source>
      <translation>Passwort der gemeinsamen Datenbank</translation>
    </message>
    <message>
      <source>Password, kept in this computer's password store</source>
      <translation>Passwort, im Passwortspeicher dieses Computers</translation>
    </message>
    <message>
      <source>Shared database</source>
      <translation>Gemeinsame Datenbank</translation>
    </message>
    <message>
      <source>Shared database…</source>
      <translation>Gemeinsame Datenbank…</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>Testen</translation>
    </message>
    <message>
      <source>The data is on this computer alone.</source>
      <translation>Die Daten liegen nur auf diesem Computer.</translation>
    </message>
    <message>
      <source>This computer ({name}) works with the shared database, which its own server backs up.</source>
      <translation>Dieser Computer ({name}) arbeitet mit der gemeinsamen Datenbank, die ihr eigener Server sichert.</translation>
    </message>
    <message>
      <source>Use this computer's own data</source>
      <translation>Eigene Daten dieses Computers nehmen</translation>
    </message>
    <message>
      <source>Use this database</source>
      <translation>Diese Datenbank nehmen</translation>
    </message>
  </context>
  <context>
    <name>SideBySide</name>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Birthday</source>
      <translation>Geburtstag</translation>
    </message>
    <message>
      <source>Both records side by side</source>
      <translation>Beide Datensätze nebeneinander</translation>
    </message>
    <message>
      <source>City</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>E-Mail</translation>
    </message>
    <message>
      <source>Mobile</source>
      <translation>Mobil</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>Telefon</translation>
    </message>
    <message>
      <source>differs</source>
      <translation>weicht ab</translation>
    </message>
    <message>
      <source>{value} (differs)</source>
      <translation>{value} (weicht ab)</translation>
    </message>
  </context>
  <context>
    <name>State</name>
    <message>
      <source>Besides these, {count} more can wait.</source>
      <translation>Außerdem offen, ohne etwas aufzuhalten: {count}.</translation>
    </message>
    <message>
      <source>Both keys are needed. Set them in Settings, Connections.</source>
      <translation>Beide Schlüssel werden gebraucht. Setzen Sie sie unter Einstellungen, Verbindungen.</translation>
    </message>
    <message>
      <source>Cliniko and HubSpot agree.</source>
      <translation>Cliniko und HubSpot stimmen überein.</translation>
    </message>
    <message>
      <source>Each run takes a limited number; the next one goes on.</source>
      <translation>Jeder Lauf nimmt eine begrenzte Zahl; der nächste macht weiter.</translation>
    </message>
    <message>
      <source>No run has gone well for a day. The last good one: {at}.</source>
      <translation>Seit einem Tag ist kein Lauf gut gegangen. Der letzte gute: {at}.</translation>
    </message>
    <message>
      <source>Not synced for a day</source>
      <translation>Seit einem Tag nicht abgeglichen</translation>
    </message>
    <message>
      <source>Nothing is held up. Open questions under Needs you: {count}</source>
      <translation>Nichts wird aufgehalten. Offene Fragen unter „Zu klären“: {count}</translation>
    </message>
    <message>
      <source>Nothing is synced by itself. Sync now still works.</source>
      <translation>Von selbst wird nichts abgeglichen. „Jetzt abgleichen“ geht weiterhin.</translation>
    </message>
    <message>
      <source>Opening…</source>
      <translation>Wird geöffnet…</translation>
    </message>
    <message>
      <source>Press Sync now to try again.</source>
      <translation>„Jetzt abgleichen“ versucht es noch einmal.</translation>
    </message>
    <message>
      <source>Press Sync now, or wait for the first run.</source>
      <translation>Drücken Sie „Jetzt abgleichen“ oder warten Sie auf den ersten Lauf.</translation>
    </message>
    <message>
      <source>Some records were not synced. Activity shows which ones and why.</source>
      <translation>Einige Datensätze wurden nicht abgeglichen. „Aktivität“ zeigt, welche und warum.</translation>
    </message>
    <message>
      <source>The window closes in a moment. Nothing is lost.</source>
      <translation>Das Fenster schließt sich gleich. Nichts geht verloren.</translation>
    </message>
    <message>
      <source>This is a rehearsal: nothing is written.</source>
      <translation>Das ist ein Probelauf: Geschrieben wird nichts.</translation>
    </message>
    <message>
      <source>Those records wait for your answer; all others go on. See Needs you.</source>
      <translation>Diese Datensätze warten auf Ihre Antwort; alle anderen laufen weiter. Siehe „Zu klären“.</translation>
    </message>
    <message>
      <source>Waiting a moment for {service}, as it asks.</source>
      <translation>Wartet einen Moment auf {service}, wie gewünscht.</translation>
    </message>
    <message>
      <source>What it does shows here as well. Last synced: {at}.</source>
      <translation>Was er tut, sehen Sie auch hier. Zuletzt abgeglichen: {at}.</translation>
    </message>
    <message>
      <source>What it does shows here as well. Nothing is to be done on this computer.</source>
      <translation>Was er tut, sehen Sie auch hier. An diesem Computer ist nichts zu tun.</translation>
    </message>
    <message>
      <source>You can go on working meanwhile.</source>
      <translation>Sie können inzwischen weiterarbeiten.</translation>
    </message>
    <message>
      <source>{computer} is syncing</source>
      <translation>{computer} gleicht ab</translation>
    </message>
  </context>
  <context>
    <name>Tables</name>
    <message>
      <source>1 row</source>
      <translation>1 Zeile</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Export CSV…</source>
      <translation>Als CSV sichern…</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>Filter</translation>
    </message>
    <message>
      <source>Saved as {name}</source>
      <translation>Gesichert als {name}</translation>
    </message>
    <message>
      <source>Saving, {count} rows so far</source>
      <translation>Wird gespeichert, bisher {count} Zeilen</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Stopped. No file was saved.</source>
      <translation>Angehalten. Es wurde keine Datei gespeichert.</translation>
    </message>
    <message>
      <source>The file could not be saved there. Choose another folder.</source>
      <translation>Dort ließ sich die Datei nicht sichern. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>{count} rows</source>
      <translation>{count} Zeilen</translation>
    </message>
  </context>
  <context>
    <name>ThisComputer</name>
    <message>
      <source>A backup was made.</source>
      <translation>Eine Sicherung wurde gemacht.</translation>
    </message>
    <message>
      <source>A shared database is backed up by its own server.</source>
      <translation>Eine gemeinsame Datenbank sichert ihr eigener Server.</translation>
    </message>
    <message>
      <source>Back up now</source>
      <translation>Jetzt sichern</translation>
    </message>
    <message>
      <source>Backup</source>
      <translation>Sicherung</translation>
    </message>
    <message>
      <source>Both keys are forgotten.</source>
      <translation>Beide Schlüssel sind vergessen.</translation>
    </message>
    <message>
      <source>Data and version</source>
      <translation>Daten und Version</translation>
    </message>
    <message>
      <source>Data folder: {folder}</source>
      <translation>Datenordner: {folder}</translation>
    </message>
    <message>
      <source>Delete all local data?</source>
      <translation>Alle Daten auf diesem Computer löschen?</translation>
    </message>
    <message>
      <source>Delete local data</source>
      <translation>Daten löschen</translation>
    </message>
    <message>
      <source>Delete local data…</source>
      <translation>Daten löschen…</translation>
    </message>
    <message>
      <source>Forget both keys?</source>
      <translation>Beide Schlüssel vergessen?</translation>
    </message>
    <message>
      <source>Forget keys</source>
      <translation>Schlüssel vergessen</translation>
    </message>
    <message>
      <source>Forgetting the keys stops the sync and keeps all data. Deleting the local data keeps the keys; links are found again from HubSpot, the journal and the answers are gone.</source>
      <translation>Die Schlüssel zu vergessen hält den Abgleich an und behält alle Daten. Die Daten zu löschen behält die Schlüssel; Verknüpfungen werden aus HubSpot wiedergefunden, Protokoll und Antworten sind weg.</translation>
    </message>
    <message>
      <source>Last backup: {at}</source>
      <translation>Letzte Sicherung: {at}</translation>
    </message>
    <message>
      <source>No backup yet. One is made each night.</source>
      <translation>Noch keine Sicherung. Jede Nacht wird eine gemacht.</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Syncing stops until both are set again. Local data stays. This cannot be undone.</source>
      <translation>Der Abgleich hält an, bis beide wieder gesetzt sind. Die Daten auf diesem Computer bleiben. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
      <source>The journal, the answers and the settings on this computer go for good. Nothing changes in Cliniko, in HubSpot or in a database shared with other computers. ClinicBridge ends; the keys stay. This cannot be undone.</source>
      <translation>Protokoll, Antworten und Einstellungen auf diesem Computer sind endgültig weg. In Cliniko, in HubSpot und in einer mit anderen Computern geteilten Datenbank ändert sich nichts. ClinicBridge endet; die Schlüssel bleiben. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
      <source>The log-in entry could not be written on this computer.</source>
      <translation>Der Eintrag für die Anmeldung ließ sich auf diesem Computer nicht schreiben.</translation>
    </message>
    <message>
      <source>Version {version}. Nothing is updated by itself.</source>
      <translation>Version {version}. Nichts aktualisiert sich von selbst.</translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message>
      <source>ClinicBridge keeps syncing</source>
      <translation>ClinicBridge gleicht weiter ab</translation>
    </message>
    <message>
      <source>It lives here in the tray. Choose Quit in its menu to end it.</source>
      <translation>Es läuft hier im Infobereich weiter. „Beenden“ in seinem Menü beendet es.</translation>
    </message>
    <message>
      <source>Needs you</source>
      <translation>Zu klären</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Open ClinicBridge to see what helps.</source>
      <translation>Öffnen Sie ClinicBridge, um zu sehen, was hilft.</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Questions that hold something up: {count}</source>
      <translation>Fragen, die etwas aufhalten: {count}</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Set a new key under Settings, Connections.</source>
      <translation>Setzen Sie einen neuen Schlüssel unter Einstellungen, Verbindungen.</translation>
    </message>
    <message>
      <source>Something waits for your answer under Needs you.</source>
      <translation>Unter „Zu klären“ wartet etwas auf Ihre Antwort.</translation>
    </message>
    <message>
      <source>Sync now</source>
      <translation>Jetzt abgleichen</translation>
    </message>
  </context>
  <context>
    <name>Undo</name>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Done. What stayed is listed with the reason.</source>
      <translation>Fertig. Was geblieben ist, steht mit Grund da.</translation>
    </message>
    <message>
      <source>Each value and what it would be again; what HubSpot changed since stays.</source>
      <translation>Jeder Wert und was er wieder wäre; was HubSpot seither geändert hat, bleibt.</translation>
    </message>
    <message>
      <source>Going back: {count}. Staying: {rest}.</source>
      <translation>Geht zurück: {count}. Bleibt: {rest}.</translation>
    </message>
    <message>
      <source>Looking at what can go back…</source>
      <translation>Es wird angesehen, was zurückgehen kann…</translation>
    </message>
    <message>
      <source>Nothing to take back</source>
      <translation>Nichts zurückzunehmen</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Datensatz</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>Zurücknehmen</translation>
    </message>
    <message>
      <source>Taking back…</source>
      <translation>Wird zurückgenommen…</translation>
    </message>
    <message>
      <source>This run changed nothing, or it has changed again since.</source>
      <translation>Dieser Lauf hat nichts geändert, oder es hat sich seither wieder geändert.</translation>
    </message>
    <message>
      <source>Undo run {run}</source>
      <translation>Lauf {run} rückgängig machen</translation>
    </message>
    <message>
      <source>What goes back</source>
      <translation>Was zurückgeht</translation>
    </message>
  </context>
  <context>
    <name>Updates</name>
    <message>
      <source>Asking…</source>
      <translation>Es wird gefragt…</translation>
    </message>
    <message>
      <source>Check now</source>
      <translation>Jetzt nachsehen</translation>
    </message>
    <message>
      <source>Last asked: {at}.</source>
      <translation>Zuletzt gefragt: {at}.</translation>
    </message>
    <message>
      <source>No newer version than {version} is known.</source>
      <translation>Eine neuere Version als {version} ist nicht bekannt.</translation>
    </message>
    <message>
      <source>Not asked yet.</source>
      <translation>Noch nicht gefragt.</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>Jetzt nicht</translation>
    </message>
    <message>
      <source>Nothing is asked by itself.</source>
      <translation>Von selbst wird nicht gefragt.</translation>
    </message>
    <message>
      <source>Open the page</source>
      <translation>Seite öffnen</translation>
    </message>
    <message>
      <source>This copy was not given an address to ask, so it never looks for updates.</source>
      <translation>Dieses ClinicBridge hat keine Adresse zum Nachfragen; es sucht nie nach Aktualisierungen.</translation>
    </message>
    <message>
      <source>Updates</source>
      <translation>Aktualisierungen</translation>
    </message>
    <message>
      <source>Version {version} of {day} can be had; this is {own}.</source>
      <translation>Version {version} vom {day} ist erhältlich; hier läuft {own}.</translation>
    </message>
  </context>
  <context>
    <name>Welcome</name>
    <message>
      <source>ClinicBridge copies patients and appointments from Cliniko to HubSpot and keeps them in step.</source>
      <translation>ClinicBridge überträgt Patienten und Termine von Cliniko nach HubSpot und hält beide gleich.</translation>
    </message>
    <message>
      <source>It runs on this computer and talks to Cliniko and HubSpot only; no other service sees your data.</source>
      <translation>Es läuft auf diesem Computer und spricht nur mit Cliniko und HubSpot; kein anderer Dienst sieht Ihre Daten.</translation>
    </message>
    <message>
      <source>Only looking? Everything works with invented data, too.</source>
      <translation>Nur ansehen? Alles geht auch mit erfundenen Daten.</translation>
    </message>
    <message>
      <source>Try with a made-up clinic</source>
      <translation>Mit einer erfundenen Praxis ausprobieren</translation>
    </message>
    <message>
      <source>Welcome</source>
      <translation>Willkommen</translation>
    </message>
    <message>
      <source>You choose what HubSpot gets to know, and nothing is written before you have seen a trial.</source>
      <translation>Sie bestimmen, was HubSpot erfährt, und nichts wird geschrieben, bevor Sie einen Versuch gesehen haben.</translation>
    </message>
  </context>
  <context>
    <name>Why</name>
    <message>
      <source>Cliniko ID</source>
      <translation>Cliniko-ID</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>HubSpot ID</source>
      <translation>HubSpot-ID</translation>
    </message>
    <message>
      <source>It is in HubSpot.</source>
      <translation>Ist in HubSpot.</translation>
    </message>
    <message>
      <source>It is left out.</source>
      <translation>Ist ausgelassen.</translation>
    </message>
    <message>
      <source>It waits for the next run.</source>
      <translation>Wartet auf den nächsten Lauf.</translation>
    </message>
    <message>
      <source>It waits for your answer to a question.</source>
      <translation>Wartet auf Ihre Antwort auf eine Frage.</translation>
    </message>
    <message>
      <source>It was not met yet.</source>
      <translation>Ist noch nicht bekannt.</translation>
    </message>
    <message>
      <source>Last change</source>
      <translation>Letzte Änderung</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>Rule</source>
      <translation>Regel</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Warum</translation>
    </message>
  </context>
  <context>
    <name>Wizard</name>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Finish</source>
      <translation>Fertigstellen</translation>
    </message>
    <message>
      <source>Finish later</source>
      <translation>Später fertigstellen</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Set up ClinicBridge</source>
      <translation>ClinicBridge einrichten</translation>
    </message>
    <message>
      <source>Step {place} of {all}</source>
      <translation>Schritt {place} von {all}</translation>
    </message>
    <message>
      <source>Steps done</source>
      <translation>Erledigte Schritte</translation>
    </message>
  </context>
  <context>
    <name>Wording</name>
    <message>
      <source>1 question for you</source>
      <translation>1 Frage an Sie</translation>
    </message>
    <message>
      <source>A key is not accepted</source>
      <translation>Ein Schlüssel wird nicht angenommen</translation>
    </message>
    <message>
      <source>A question came up for you.</source>
      <translation>Es gibt eine neue Frage an Sie.</translation>
    </message>
    <message>
      <source>A rehearsal begins; nothing is written.</source>
      <translation>Ein Probelauf beginnt; geschrieben wird nichts.</translation>
    </message>
    <message>
      <source>A run begins.</source>
      <translation>Ein Lauf beginnt.</translation>
    </message>
    <message>
      <source>Appointments are switched off (streams.appointments).</source>
      <translation>Termine sind ausgeschaltet (streams.appointments).</translation>
    </message>
    <message>
      <source>Belongs to none of the chosen businesses (patients.businesses).</source>
      <translation>Gehört zu keinem der gewählten Standorte (patients.businesses).</translation>
    </message>
    <message>
      <source>Cannot be taken back.</source>
      <translation>Lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
      <source>Catching up: {waiting} waiting for the next run</source>
      <translation>Holt auf: {waiting} warten auf den nächsten Lauf</translation>
    </message>
    <message>
      <source>Cliniko contacts</source>
      <translation>Cliniko-Kontakte</translation>
    </message>
    <message>
      <source>Cliniko contacts are switched off (streams.contacts).</source>
      <translation>Cliniko-Kontakte sind ausgeschaltet (streams.contacts).</translation>
    </message>
    <message>
      <source>Cliniko's answer about this record could not be read.</source>
      <translation>Die Antwort von Cliniko zu diesem Datensatz war nicht lesbar.</translation>
    </message>
    <message>
      <source>Comes with the next run.</source>
      <translation>Kommt mit dem nächsten Lauf.</translation>
    </message>
    <message>
      <source>Comparing the {stream}</source>
      <translation>Vergleicht: {stream}</translation>
    </message>
    <message>
      <source>Credit notes are switched off (invoices.include_credits).</source>
      <translation>Gutschriften sind ausgeschaltet (invoices.include_credits).</translation>
    </message>
    <message>
      <source>Finishing what is under way</source>
      <translation>Beendet, was gerade läuft</translation>
    </message>
    <message>
      <source>Finishing what the last run left of the {stream}</source>
      <translation>Beendet, was der letzte Lauf übrig ließ: {stream}</translation>
    </message>
    <message>
      <source>Found by {how}.</source>
      <translation>Gefunden über {how}.</translation>
    </message>
    <message>
      <source>Group appointments are switched off (appointments.groups).</source>
      <translation>Gruppentermine sind ausgeschaltet (appointments.groups).</translation>
    </message>
    <message>
      <source>Has neither e-mail nor phone nor birthday, too little to make a contact of.</source>
      <translation>Hat weder E-Mail noch Telefon noch Geburtstag, zu wenig für einen Kontakt.</translation>
    </message>
    <message>
      <source>Has no e-mail address, and only patients with one are wanted (patients.only_with_email).</source>
      <translation>Hat keine E-Mail-Adresse, und nur Patienten mit Adresse sind gewünscht (patients.only_with_email).</translation>
    </message>
    <message>
      <source>Has no name in Cliniko.</source>
      <translation>Hat in Cliniko keinen Namen.</translation>
    </message>
    <message>
      <source>HubSpot also has somebody of the same name (contact {contacts}); a name alone links nobody.</source>
      <translation>HubSpot hat noch jemanden gleichen Namens (Kontakt {contacts}); ein Name allein verknüpft niemanden.</translation>
    </message>
    <message>
      <source>HubSpot did not accept this record.</source>
      <translation>HubSpot hat diesen Datensatz nicht angenommen.</translation>
    </message>
    <message>
      <source>Invoices are switched off (streams.invoices).</source>
      <translation>Rechnungen sind ausgeschaltet (streams.invoices).</translation>
    </message>
    <message>
      <source>Is about to be written together with others.</source>
      <translation>Wird gleich zusammen mit anderen geschrieben.</translation>
    </message>
    <message>
      <source>Is not synced: {reason}.</source>
      <translation>Wird nicht abgeglichen: {reason}.</translation>
    </message>
    <message>
      <source>Its link was taken back; its next change in Cliniko is looked at anew.</source>
      <translation>Die Verknüpfung wurde zurückgenommen; die nächste Änderung in Cliniko wird neu geprüft.</translation>
    </message>
    <message>
      <source>Its patient is not in HubSpot.</source>
      <translation>Der Patient dazu ist nicht in HubSpot.</translation>
    </message>
    <message>
      <source>Left to clean up on the contact {contact}, which it was taken off: {what}.</source>
      <translation>Am Kontakt {contact}, von dem getrennt wurde, bleibt aufzuräumen: {what}.</translation>
    </message>
    <message>
      <source>Lies outside the days that are synced (appointments.days_forward).</source>
      <translation>Liegt außerhalb der Tage, die abgeglichen werden (appointments.days_forward).</translation>
    </message>
    <message>
      <source>Moves to the other contact.</source>
      <translation>Geht zum anderen Kontakt.</translation>
    </message>
    <message>
      <source>Next run at {at}.</source>
      <translation>Nächster Lauf um {at}.</translation>
    </message>
    <message>
      <source>Not set up yet</source>
      <translation>Noch nicht eingerichtet</translation>
    </message>
    <message>
      <source>Noting the {stream}</source>
      <translation>Vermerkt: {stream}</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation>Offline</translation>
    </message>
    <message>
      <source>Offline, trying again at {next}</source>
      <translation>Offline, neuer Versuch um {next}</translation>
    </message>
    <message>
      <source>Patients are switched off (streams.patients).</source>
      <translation>Patienten sind ausgeschaltet (streams.patients).</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Paused until {next}</source>
      <translation>Pause bis {next}</translation>
    </message>
    <message>
      <source>Planning the {stream}</source>
      <translation>Plant: {stream}</translation>
    </message>
    <message>
      <source>Reading the {stream}</source>
      <translation>Liest: {stream}</translation>
    </message>
    <message>
      <source>Ready for the first run</source>
      <translation>Bereit für den ersten Lauf</translation>
    </message>
    <message>
      <source>Rehearsal {run} is done; nothing was written.</source>
      <translation>Probelauf {run} ist fertig; geschrieben wurde nichts.</translation>
    </message>
    <message>
      <source>Removed from this computer.</source>
      <translation>Von diesem Computer entfernt.</translation>
    </message>
    <message>
      <source>Run {run} did not finish.</source>
      <translation>Lauf {run} wurde nicht beendet.</translation>
    </message>
    <message>
      <source>Run {run} is done.</source>
      <translation>Lauf {run} ist fertig.</translation>
    </message>
    <message>
      <source>Run {run} is done; something needs you.</source>
      <translation>Lauf {run} ist fertig; etwas ist zu klären.</translation>
    </message>
    <message>
      <source>Sees none of the chosen practitioners (patients.practitioners).</source>
      <translation>Ist bei keiner der gewählten behandelnden Personen (patients.practitioners).</translation>
    </message>
    <message>
      <source>Somebody asked to forget this record.</source>
      <translation>Jemand hat gebeten, diesen Datensatz zu vergessen.</translation>
    </message>
    <message>
      <source>Somebody decided to leave this record out from now on.</source>
      <translation>Jemand hat entschieden, diesen Datensatz von jetzt an auszulassen.</translation>
    </message>
    <message>
      <source>Somebody deleted its deal in HubSpot; it is not made again by itself.</source>
      <translation>Jemand hat den Deal in HubSpot gelöscht; von selbst wird er nicht neu angelegt.</translation>
    </message>
    <message>
      <source>Somebody said in HubSpot not to sync this contact.</source>
      <translation>Jemand hat in HubSpot gesagt, dass dieser Kontakt nicht abgeglichen wird.</translation>
    </message>
    <message>
      <source>Somebody said not to sync this record. Release it to go on.</source>
      <translation>Jemand hat diesen Datensatz vom Abgleich ausgenommen. „Wieder abgleichen“ hebt das auf.</translation>
    </message>
    <message>
      <source>Something went wrong inside ClinicBridge. Nothing that was synced is lost; the log holds what happened, without names or keys.</source>
      <translation>In ClinicBridge ist etwas schiefgegangen. Nichts Abgeglichenes ist verloren; das Protokoll hält fest, was geschah, ohne Namen und Schlüssel.</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Gleicht ab</translation>
    </message>
    <message>
      <source>Syncing {done} of {total} {stream}</source>
      <translation>Gleicht {done} von {total} ab: {stream}</translation>
    </message>
    <message>
      <source>Syncing {stream}</source>
      <translation>Gleicht ab: {stream}</translation>
    </message>
    <message>
      <source>The answer to the privacy policy does not let this patient in (patients.privacy_policy).</source>
      <translation>Die Antwort auf die Datenschutzerklärung lässt diesen Patienten nicht zu (patients.privacy_policy).</translation>
    </message>
    <message>
      <source>The contact was made for this person and still is this person, so it stays.</source>
      <translation>Der Kontakt wurde für diese Person angelegt und ist noch diese Person, darum bleibt er.</translation>
    </message>
    <message>
      <source>The last run did not finish</source>
      <translation>Der letzte Lauf wurde nicht beendet</translation>
    </message>
    <message>
      <source>The last run needs a look</source>
      <translation>Bitte den letzten Lauf ansehen</translation>
    </message>
    <message>
      <source>The link came with the file {patient}, which was merged into this one in Cliniko.</source>
      <translation>Die Verknüpfung kam mit der Akte {patient}, die in Cliniko mit dieser zusammengeführt wurde.</translation>
    </message>
    <message>
      <source>The record is gone.</source>
      <translation>Der Datensatz ist weg.</translation>
    </message>
    <message>
      <source>The record is on another contact by now.</source>
      <translation>Der Datensatz ist inzwischen an einem anderen Kontakt.</translation>
    </message>
    <message>
      <source>The record is on hold, so nothing is written to it.</source>
      <translation>Der Datensatz ist zurückgestellt, darum wird nichts geschrieben.</translation>
    </message>
    <message>
      <source>The service did not accept it.</source>
      <translation>Der Dienst hat es nicht angenommen.</translation>
    </message>
    <message>
      <source>The sync goes on.</source>
      <translation>Der Abgleich geht weiter.</translation>
    </message>
    <message>
      <source>The values were forgotten, so they cannot come back.</source>
      <translation>Die Werte wurden vergessen und können nicht zurückkommen.</translation>
    </message>
    <message>
      <source>There is no other contact for the deals yet, so they stay where they are.</source>
      <translation>Es gibt noch keinen anderen Kontakt für die Deals, darum bleiben sie, wo sie sind.</translation>
    </message>
    <message>
      <source>This kind of appointment is left out (appointments.excluded_categories).</source>
      <translation>Diese Art von Termin ist ausgelassen (appointments.excluded_categories).</translation>
    </message>
    <message>
      <source>Up to date</source>
      <translation>Auf dem neuesten Stand</translation>
    </message>
    <message>
      <source>Up to date – {at}</source>
      <translation>Auf dem neuesten Stand – {at}</translation>
    </message>
    <message>
      <source>Waiting {seconds} s for {service}.</source>
      <translation>Wartet {seconds} s auf {service}.</translation>
    </message>
    <message>
      <source>Waits for the next run (sync.items_per_execution).</source>
      <translation>Wartet auf den nächsten Lauf (sync.items_per_execution).</translation>
    </message>
    <message>
      <source>Waits for your answer to a question ({reason}).</source>
      <translation>Wartet auf Ihre Antwort auf eine Frage ({reason}).</translation>
    </message>
    <message>
      <source>Waits until its patient is in HubSpot.</source>
      <translation>Wartet, bis der Patient in HubSpot ist.</translation>
    </message>
    <message>
      <source>Was archived in Cliniko before it was ever synced.</source>
      <translation>Wurde in Cliniko archiviert, bevor je abgeglichen wurde.</translation>
    </message>
    <message>
      <source>Was changed since by somebody else, so it stays.</source>
      <translation>Wurde seither von jemand anderem geändert, darum bleibt es.</translation>
    </message>
    <message>
      <source>Was deleted in Cliniko.</source>
      <translation>Wurde in Cliniko gelöscht.</translation>
    </message>
    <message>
      <source>Was issued before invoices were switched on (streams.invoices).</source>
      <translation>Wurde ausgestellt, bevor Rechnungen eingeschaltet waren (streams.invoices).</translation>
    </message>
    <message>
      <source>Was made by that run and stays: nothing is ever deleted by itself.</source>
      <translation>Wurde von diesem Lauf angelegt und bleibt: Nichts wird je von selbst gelöscht.</translation>
    </message>
    <message>
      <source>Was made in Cliniko because HubSpot asked for it.</source>
      <translation>Wurde in Cliniko angelegt, weil HubSpot darum bat.</translation>
    </message>
    <message>
      <source>Was merged into another file in Cliniko.</source>
      <translation>Wurde in Cliniko mit einer anderen Akte zusammengeführt.</translation>
    </message>
    <message>
      <source>Was neither seen nor booked recently enough (patients.only_seen_within_months).</source>
      <translation>War lange weder da noch gebucht (patients.only_seen_within_months).</translation>
    </message>
    <message>
      <source>Was removed in Cliniko before it was ever synced.</source>
      <translation>Wurde in Cliniko entfernt, bevor je abgeglichen wurde.</translation>
    </message>
    <message>
      <source>Was unlinked; its next change in Cliniko makes a new contact.</source>
      <translation>Wurde getrennt; die nächste Änderung in Cliniko legt einen neuen Kontakt an.</translation>
    </message>
    <message>
      <source>Writing the {stream}</source>
      <translation>Schreibt: {stream}</translation>
    </message>
    <message>
      <source>appointments</source>
      <translation>Termine</translation>
    </message>
    <message>
      <source>carried the Cliniko id</source>
      <translation>trug die Cliniko-ID</translation>
    </message>
    <message>
      <source>found again by the id kept in HubSpot</source>
      <translation>über die in HubSpot bewahrte ID wiedergefunden</translation>
    </message>
    <message>
      <source>invoices</source>
      <translation>Rechnungen</translation>
    </message>
    <message>
      <source>linked by a person</source>
      <translation>von einer Person verknüpft</translation>
    </message>
    <message>
      <source>linked by an import</source>
      <translation>durch einen Import verknüpft</translation>
    </message>
    <message>
      <source>made by ClinicBridge</source>
      <translation>von ClinicBridge angelegt</translation>
    </message>
    <message>
      <source>patients</source>
      <translation>Patienten</translation>
    </message>
    <message>
      <source>requests from HubSpot</source>
      <translation>Anfragen aus HubSpot</translation>
    </message>
    <message>
      <source>requests to unlink</source>
      <translation>Anfragen zum Trennen</translation>
    </message>
    <message>
      <source>same e-mail and name</source>
      <translation>gleiche E-Mail und gleicher Name</translation>
    </message>
    <message>
      <source>same name and birthday</source>
      <translation>gleicher Name und Geburtstag</translation>
    </message>
    <message>
      <source>same name and mobile</source>
      <translation>gleicher Name und gleiche Mobilnummer</translation>
    </message>
    <message>
      <source>taken over from another tool</source>
      <translation>von einem anderen Werkzeug übernommen</translation>
    </message>
    <message>
      <source>{count} created</source>
      <translation>{count} angelegt</translation>
    </message>
    <message>
      <source>{count} failed</source>
      <translation>{count} gescheitert</translation>
    </message>
    <message>
      <source>{count} left for the next run</source>
      <translation>{count} für den nächsten Lauf</translation>
    </message>
    <message>
      <source>{count} questions for you</source>
      <translation>{count} Fragen an Sie</translation>
    </message>
    <message>
      <source>{count} unchanged</source>
      <translation>{count} unverändert</translation>
    </message>
    <message>
      <source>{count} updated</source>
      <translation>{count} aktualisiert</translation>
    </message>
    <message>
      <source>{count} waiting for you</source>
      <translation>{count} warten auf Sie</translation>
    </message>
  </context>
</TS>
