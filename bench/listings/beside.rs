//! What belongs to a listing in other tables: the words by which it is found, its order, offers for it.

use anyhow::{Context, Result};
use rand::{RngExt, seq::IndexedRandom};

use super::{Market, OFFERS, ORDERS, Said, TERMS, text};

impl Market {
    /// The words by which it is found, cut as the worker would cut them.
    pub(super) fn terms(&mut self, said: &Said, which: usize, texts: &[String]) -> Result<()> {
        let game = &self.goods[which].game;
        let aliases: Vec<String> = serde_json::from_str(&game.aliases)?;
        let mut words = self.cutter.cut(&said.title);
        for text in texts.iter().chain(&aliases).chain([&game.name_en, &game.name_zh]) {
            words.extend(self.cutter.known(text).iter().cloned());
        }
        let id = self.uuid(said.id);
        for word in &words {
            self.row(TERMS, &[text(word), id.clone()])?;
        }
        Ok(())
    }

    /// The order of what is sold, and an offer for every tenth.
    pub(super) fn traded(&mut self, said: &Said, sold: bool) -> Result<()> {
        let buyer = *self.sellers.choose(&mut self.dice).context("nobody buys")?;
        let [listing, buyer, seller, game, server, cover] =
            [said.id, buyer, said.seller, said.game, said.server, said.cover].map(|id| self.uuid(id));
        let (title, at) = (text(&said.title), (said.at + 3_600_000).to_string());
        if sold {
            let order = self.id(said.at)?;
            let mut row = vec![
                self.uuid(order),
                listing.clone(),
                "1".to_owned(),
                buyer.clone(),
                seller.clone(),
                game,
                server,
                title.clone(),
            ];
            row.extend([
                text(""),
                cover,
                "24".to_owned(),
                "30".to_owned(),
                said.price.to_string(),
                "0".to_owned(),
            ]);
            row.extend([text("COMPLETED"), at.clone(), at.clone(), at.clone()]);
            self.row(ORDERS, &row)?;
        }
        if self.dice.random_bool(0.1) {
            let offer = self.id(said.at)?;
            let mut row = vec![
                self.uuid(offer),
                listing,
                "1".to_owned(),
                title,
                buyer,
                seller,
                (said.price / 2 + 1).to_string(),
            ];
            row.extend([text(""), text(""), text("LAPSED"), at.clone(), at]);
            self.row(OFFERS, &row)?;
        }
        Ok(())
    }
}
